package dev.fleetmend.patching.exchange;

import org.jspecify.annotations.Nullable;

/** Answer to {@link HeldPreviewRequest}: as the node reported it. */
public record HeldPreview(
    @Nullable String baselineOverride,
    @Nullable String installOverrideList,
    PatchPreview preview) {}
