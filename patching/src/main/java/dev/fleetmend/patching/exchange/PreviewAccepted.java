package dev.fleetmend.patching.exchange;

/**
 * Answer to {@link PreviewReport}.
 *
 * @param hash the preview's, which a run can be held to
 * @param expiresAt until when, epoch milliseconds
 */
public record PreviewAccepted(String hash, long expiresAt) {}
