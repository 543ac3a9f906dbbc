package dev.fleetmend.patching.exchange;

import org.jspecify.annotations.Nullable;

/**
 * {@code Fleetmend.ReportPatchPreview}: a node's preview, for a command that asked for it.
 *
 * @param baselineOverride the override's text that it was decided with, or null
 * @param installOverrideList the list's text that it was decided with, or null
 */
public record PreviewReport(
    String instanceId,
    String commandId,
    @Nullable String baselineOverride,
    @Nullable String installOverrideList,
    PatchPreview preview) {}
