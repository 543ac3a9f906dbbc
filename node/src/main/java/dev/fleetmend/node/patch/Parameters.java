package dev.fleetmend.node.patch;

import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * The parameters of {@code AWS-RunPatchBaseline} and {@code Fleetmend-RunPatchBaseline}, checked.
 *
 * @param operation {@code Scan}, {@code Install}, {@code Uninstall}, or the latter two with {@code
 *     Preview} before them
 * @param baselineOverrideText the override itself, where no URL is given
 * @param patchIds for Uninstall, {@code name.arch} each, {@code *} anywhere; may be empty
 * @param withNewer whether an Uninstall of a transaction takes back all that came after it too
 * @param previewHash the preview that the operation is held to, or empty
 * @param notRevertible what to do where a change could not be taken back: {@code warn}, {@code
 *     refuse}, or empty where the server is to say
 */
record Parameters(
    String operation,
    String snapshotId,
    String rebootOption,
    String installOverrideList,
    String baselineOverride,
    String baselineOverrideText,
    String baselineTags,
    String transactionId,
    List<String> patchIds,
    boolean withNewer,
    String previewHash,
    String notRevertible) {
  private static final String PREVIEW = "Preview";
  private static final Set<String> OPERATIONS =
      Set.of("Scan", "Install", "Uninstall", "PreviewInstall", "PreviewUninstall");
  private static final Set<String> REBOOTS = Set.of("RebootIfNeeded", "NoReboot");
  private static final Set<String> SWITCH = Set.of("true", "false");
  private static final String REFUSE = "refuse";
  private static final Set<String> POLICIES = Set.of("", "warn", REFUSE);
  private static final Pattern HASH = Pattern.compile("[0-9a-f]{64}");
  private static final Pattern UUID =
      Pattern.compile("[0-9a-fA-F]{8}(?:-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}");

  static Parameters of(PatchCommand command) throws RunException {
    String withNewer = command.first("WithNewer", "false");
    String notRevertible = command.first("NotRevertible", "");
    require(SWITCH.contains(withNewer), "WithNewer must be true or false");
    require(POLICIES.contains(notRevertible), "NotRevertible must be warn or refuse");
    Parameters parameters =
        new Parameters(
            command.first("Operation", ""),
            command.first("SnapshotId", ""),
            command.first("RebootOption", "RebootIfNeeded"),
            command.first("InstallOverrideList", ""),
            command.first("BaselineOverride", ""),
            command.first("BaselineOverrideText", ""),
            command.first("BaselineTags", ""),
            command.first("TransactionId", ""),
            command.parameters().getOrDefault("PatchIds", List.of()).stream()
                .flatMap(value -> List.of(value.split("[,\\s]+", -1)).stream())
                .filter(value -> !value.isEmpty())
                .toList(),
            withNewer.equals("true"),
            command.first("PreviewHash", ""),
            notRevertible);
    parameters.check();
    return parameters;
  }

  private void check() throws RunException {
    require(
        OPERATIONS.contains(operation),
        "Operation must be Scan, Install, Uninstall, PreviewInstall or PreviewUninstall");
    require(REBOOTS.contains(rebootOption), "RebootOption must be RebootIfNeeded or NoReboot");
    require(
        snapshotId.isEmpty() || UUID.matcher(snapshotId).matches(), "SnapshotId must be a UUID");
    require(
        transactionId.isEmpty() || UUID.matcher(transactionId).matches(),
        "TransactionId must be a UUID");
    checkTogether();
  }

  private void checkTogether() throws RunException {
    require(
        installOverrideList.isEmpty() || !overridesBaseline(),
        "InstallOverrideList and BaselineOverride cannot be used together");
    require(
        baselineOverride.isEmpty() || baselineOverrideText.isEmpty(),
        "BaselineOverride and BaselineOverrideText cannot be used together");
    require(
        !withNewer || !transactionId.isEmpty(),
        "WithNewer needs the TransactionId of the oldest installation to take back");
    require(
        previewHash.isEmpty() || HASH.matcher(previewHash).matches(),
        "PreviewHash must be 64 hex digits, as a preview prints it");
    require(
        previewHash.isEmpty() || !(scans() || previews()),
        "PreviewHash is for Install and Uninstall only");
    require(
        previewHash.isEmpty() || (installOverrideList.isEmpty() && !overridesBaseline()),
        "PreviewHash brings the overrides of its preview along; leave them out");
  }

  private boolean overridesBaseline() {
    return !baselineOverride.isEmpty() || !baselineOverrideText.isEmpty();
  }

  boolean scans() {
    return operation.equals("Scan");
  }

  /** Whether nothing is to be changed, only said what would be. */
  boolean previews() {
    return operation.startsWith(PREVIEW);
  }

  /** The operation, or the one that is previewed. */
  String meant() {
    return previews() ? operation.substring(PREVIEW.length()) : operation;
  }

  boolean installs() {
    return meant().equals("Install");
  }

  /**
   * Whether it changes nothing where some of it could not be taken back.
   *
   * @param unlessSaid whether so where the command itself does not say
   */
  boolean onlyRevertible(boolean unlessSaid) {
    return notRevertible.isEmpty() ? unlessSaid : notRevertible.equals(REFUSE);
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
