package dev.fleetmend.node.patch;

import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * The parameters of {@code AWS-RunPatchBaseline}, checked.
 *
 * @param operation {@code Scan}, {@code Install} or {@code Uninstall}
 * @param patchIds for Uninstall, {@code name.arch} each, {@code *} anywhere; may be empty
 */
record Parameters(
    String operation,
    String snapshotId,
    String rebootOption,
    String installOverrideList,
    String baselineOverride,
    String transactionId,
    List<String> patchIds) {
  private static final Set<String> OPERATIONS = Set.of("Scan", "Install", "Uninstall");
  private static final Set<String> REBOOTS = Set.of("RebootIfNeeded", "NoReboot");
  private static final Pattern UUID =
      Pattern.compile("[0-9a-fA-F]{8}(?:-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}");

  static Parameters of(PatchCommand command) throws RunException {
    Parameters parameters =
        new Parameters(
            command.first("Operation", ""),
            command.first("SnapshotId", ""),
            command.first("RebootOption", "RebootIfNeeded"),
            command.first("InstallOverrideList", ""),
            command.first("BaselineOverride", ""),
            command.first("TransactionId", ""),
            command.parameters().getOrDefault("PatchIds", List.of()).stream()
                .flatMap(value -> List.of(value.split("[,\\s]+", -1)).stream())
                .filter(value -> !value.isEmpty())
                .toList());
    parameters.check();
    return parameters;
  }

  private void check() throws RunException {
    require(OPERATIONS.contains(operation), "Operation must be Scan, Install or Uninstall");
    require(REBOOTS.contains(rebootOption), "RebootOption must be RebootIfNeeded or NoReboot");
    require(
        snapshotId.isEmpty() || UUID.matcher(snapshotId).matches(), "SnapshotId must be a UUID");
    require(
        transactionId.isEmpty() || UUID.matcher(transactionId).matches(),
        "TransactionId must be a UUID");
    require(
        installOverrideList.isEmpty() || baselineOverride.isEmpty(),
        "InstallOverrideList and BaselineOverride cannot be used together");
  }

  boolean scans() {
    return operation.equals("Scan");
  }

  boolean installs() {
    return operation.equals("Install");
  }

  boolean mayReboot() {
    return rebootOption.equals("RebootIfNeeded");
  }

  private static void require(boolean holds, String message) throws RunException {
    if (!holds) {
      throw new RunException(message + ". Nothing was done.");
    }
  }
}
