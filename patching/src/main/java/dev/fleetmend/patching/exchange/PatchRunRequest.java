package dev.fleetmend.patching.exchange;

import org.jspecify.annotations.Nullable;

/**
 * {@code Fleetmend.BeginPatchRun}: asks what an Install is to put in, on the facts last reported.
 *
 * @param operation {@code Scan}, {@code Install} or {@code Uninstall}
 * @param snapshotId a UUID that ties nodes of one orchestration to one decision, or empty
 * @param rebootOption {@code RebootIfNeeded} or {@code NoReboot}
 * @param baselineOverride the override's text (JSON array as GetPatchBaseline prints), that of a
 *     {@link TaggedBaseline}, or null
 * @param installOverrideList the list's text (YAML), or null
 */
public record PatchRunRequest(
    String instanceId,
    String commandId,
    String operation,
    String snapshotId,
    String rebootOption,
    @Nullable String baselineOverride,
    @Nullable String installOverrideList) {}
