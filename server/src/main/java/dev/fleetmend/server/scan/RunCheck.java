package dev.fleetmend.server.scan;

import dev.fleetmend.api.ApiException;
import dev.fleetmend.patching.exchange.PatchResult;
import dev.fleetmend.patching.exchange.PatchRunReport;
import dev.fleetmend.patching.exchange.TransactionReport;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Requests of patch runs come from hosts that may be hostile: what is taken is bounded. */
final class RunCheck {
  private static final int MOST = 20_000;
  private static final int LONGEST = 512;
  private static final List<String> OPERATIONS = List.of("Scan", "Install", "Uninstall");
  private static final List<String> REBOOT_OPTIONS = List.of("", "RebootIfNeeded", "NoReboot");

  private RunCheck() {}

  static void options(String operation, String rebootOption, String commandId) {
    require(OPERATIONS.contains(operation), "Operation must be one of " + OPERATIONS);
    require(
        REBOOT_OPTIONS.contains(rebootOption), "RebootOption must be RebootIfNeeded or NoReboot");
    require(commandId.length() <= 64, "CommandId must be at most 64 characters");
  }

  static void overrides(@Nullable String baselineOverride, boolean hasInstallOverrides) {
    require(
        baselineOverride == null || !hasInstallOverrides,
        "BaselineOverride and InstallOverrideList exclude each other");
  }

  static void report(PatchRunReport report) {
    options(report.operation(), report.rebootOption(), report.commandId());
    overrides(report.baselineOverride(), !report.installOverrideListUrl().isEmpty());
    bounded(report.installOverrideListUrl());
    require(report.transactions().size() <= 100, "too many transactions");
    for (TransactionReport transaction : report.transactions()) {
      bounded(transaction.transactionId());
      bounded(transaction.bootId());
      require(
          transaction.results().size() <= MOST
              && transaction.quarantined().size() <= MOST
              && transaction.differences().size() <= MOST,
          "too many results");
      transaction.results().forEach(RunCheck::result);
      transaction
          .quarantined()
          .forEach(
              version -> {
                word(version.name());
                word(version.arch());
                word(version.version());
              });
    }
  }

  private static void result(PatchResult result) {
    word(result.name());
    word(result.arch());
  }

  private static void word(String text) {
    require(
        !text.isEmpty() && text.length() <= 128, "a name, arch or version is empty or too long");
  }

  private static void bounded(String text) {
    require(text.length() <= LONGEST, "an id or URL is longer than " + LONGEST + " characters");
  }

  private static void require(boolean holds, String otherwise) {
    if (!holds) {
      throw new ApiException("ValidationException", otherwise + ".");
    }
  }
}
