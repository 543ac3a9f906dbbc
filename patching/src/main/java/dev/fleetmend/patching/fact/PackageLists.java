package dev.fleetmend.patching.fact;

import org.jspecify.annotations.Nullable;

/**
 * How far the host's package lists can be trusted.
 *
 * @param refreshedAt when they were last fetched with success, epoch seconds, 0 if never
 * @param failure what went wrong at the last try, or null if it succeeded
 */
public record PackageLists(long refreshedAt, @Nullable String failure) {}
