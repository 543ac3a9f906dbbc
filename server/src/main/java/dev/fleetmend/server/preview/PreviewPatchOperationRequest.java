package dev.fleetmend.server.preview;

import java.util.List;

/**
 * {@code Fleetmend.PreviewPatchOperation}: has nodes say what an operation would do to them.
 *
 * @param operation {@code Install} or {@code Uninstall}
 * @param targets as of SendCommand, instead of ids
 * @param rebootOption {@code RebootIfNeeded} (also where it is left out) or {@code NoReboot}
 * @param baselineOverride the text of a BaselineOverride, or empty
 * @param transactionId for an Uninstall, the installation to take back; empty for the newest
 * @param withNewer whether all that came after that installation is taken back too
 */
public record PreviewPatchOperationRequest(
    String operation,
    List<String> instanceIds,
    List<TargetFilter> targets,
    String rebootOption,
    String baselineOverride,
    String transactionId,
    boolean withNewer) {
  public PreviewPatchOperationRequest {
    instanceIds = List.copyOf(instanceIds);
    targets = List.copyOf(targets);
  }

  /** A target as SendCommand takes it, such as {@code tag:web} with its values. */
  public record TargetFilter(String key, List<String> values) {
    public TargetFilter {
      values = List.copyOf(values);
    }
  }
}
