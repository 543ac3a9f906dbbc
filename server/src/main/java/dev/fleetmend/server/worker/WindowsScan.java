package dev.fleetmend.server.worker;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What the Windows worker posts: raw fields of the Windows Update Agent (IUpdate5 and around it).
 * Times are epoch seconds, 0 for none.
 *
 * @param contract 1
 * @param hotfixes Win32_QuickFixEngineering, which also knows what the catalogue has forgotten
 * @param results what was put in and taken out by this command, maybe before a reboot
 * @param resultsBootId the boot in which that was done
 * @param startedAt epoch milliseconds
 * @param baselineOverride base64 of UTF-8, or null
 * @param installOverrideList base64 of UTF-8, or null
 */
record WindowsScan(
    int contract,
    Os os,
    Search search,
    List<Update> updates,
    List<Hotfix> hotfixes,
    List<Result> results,
    String resultsBootId,
    long startedAt,
    @Nullable String baselineOverride,
    @Nullable String installOverrideList) {

  /**
   * Win32_OperatingSystem, and whether Windows itself waits for a reboot.
   *
   * @param version such as {@code 10.0.20348}
   * @param architecture such as {@code 64-bit}
   */
  record Os(
      String caption,
      String version,
      String architecture,
      String bootId,
      long bootedAt,
      boolean rebootRequired) {}

  /** ISearchResult: OperationResultCode, and the HRESULT where the search threw. */
  record Search(int resultCode, long hResult) {}

  /**
   * IUpdate.
   *
   * @param rebootBehavior InstallationRebootBehavior: 0 never, 1 always, 2 can request
   * @param releasedAt LastDeploymentChangeTime
   */
  record Update(
      String updateId,
      int revisionNumber,
      String title,
      List<String> kbArticleIds,
      List<String> securityBulletinIds,
      @Nullable String msrcSeverity,
      List<Category> categories,
      List<String> cveIds,
      List<String> supersededUpdateIds,
      boolean isInstalled,
      boolean isHidden,
      boolean isUninstallable,
      boolean eulaAccepted,
      int rebootBehavior,
      boolean canRequestUserInput,
      boolean rebootRequired,
      long releasedAt,
      long installedAt,
      long maxDownloadSize) {}

  /** ICategory. */
  record Category(String categoryId, String name, String type) {}

  /** A KB that is installed. */
  record Hotfix(String hotFixId, long installedAt) {}

  /** IUpdateInstallationResult: OperationResultCode and HRESULT. */
  record Result(String kb, String updateId, int resultCode, long hResult) {}
}
