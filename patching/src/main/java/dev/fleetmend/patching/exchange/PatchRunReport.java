package dev.fleetmend.patching.exchange;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * {@code Fleetmend.EndPatchRun}: a run is over and the facts after it are reported; the server
 * derives the patch states from them.
 *
 * @param operation {@code Scan}, {@code Install} or {@code Uninstall}
 * @param snapshotId the UUID of the request, or empty
 * @param installOverrideListUrl the URL the command named, or empty
 * @param baselineOverride the override's text, or null
 * @param startedAt epoch milliseconds by the node's clock
 * @param endedAt epoch milliseconds by the node's clock
 * @param transactions what the run changed, oldest first; empty for a Scan
 */
public record PatchRunReport(
    String instanceId,
    String commandId,
    String operation,
    String snapshotId,
    String rebootOption,
    String installOverrideListUrl,
    @Nullable String baselineOverride,
    long startedAt,
    long endedAt,
    List<TransactionReport> transactions) {
  public PatchRunReport {
    transactions = List.copyOf(transactions);
  }
}
