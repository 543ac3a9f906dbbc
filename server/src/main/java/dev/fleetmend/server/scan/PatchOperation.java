package dev.fleetmend.server.scan;

import org.jspecify.annotations.Nullable;

/**
 * A patch operation of a node.
 *
 * @param name {@code Scan}, {@code Install} or {@code Uninstall}
 * @param startedAt epoch milliseconds, by the server's clock
 * @param endedAt epoch milliseconds, by the server's clock
 * @param snapshotId a UUID, or empty
 * @param installOverrideListUrl the URL that the command named, or empty
 * @param override the baseline that the command brought along, as GetPatchBaseline prints it, or
 *     null
 * @param lastNoRebootInstallAt when the last Install with NoReboot ended, epoch milliseconds, 0 if
 *     there was none
 */
record PatchOperation(
    String commandId,
    String name,
    String rebootOption,
    long startedAt,
    long endedAt,
    String snapshotId,
    String installOverrideListUrl,
    @Nullable String override,
    long lastNoRebootInstallAt) {}
