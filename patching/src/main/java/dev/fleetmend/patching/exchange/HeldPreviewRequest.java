package dev.fleetmend.patching.exchange;

/**
 * {@code Fleetmend.TakePatchPreview}: asks for the preview that a run of this node is held to.
 *
 * @param hash of the node's preview, or of the whole preview that it is part of
 */
public record HeldPreviewRequest(String instanceId, String hash) {}
