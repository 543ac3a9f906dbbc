package dev.fleetmend.server.worker;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What the macOS worker posts: the output of Apple's tools, each as base64.
 *
 * @param contract 1
 * @param version of the system, such as {@code 14.1.1}
 * @param bootedAt epoch seconds
 * @param list what {@code softwareupdate --list} printed
 * @param history what {@code system_profiler -json SPInstallHistoryDataType} printed
 * @param results what was put in by this command, maybe before a reboot
 * @param startedAt epoch milliseconds
 */
record MacScan(
    int contract,
    String version,
    String architecture,
    String bootId,
    long bootedAt,
    String list,
    String history,
    List<Result> results,
    String resultsBootId,
    long startedAt,
    @Nullable String baselineOverride,
    @Nullable String installOverrideList) {

  /**
   * How {@code softwareupdate --install} ended.
   *
   * @param label base64
   * @param code its exit code
   */
  record Result(String label, int code) {}
}
