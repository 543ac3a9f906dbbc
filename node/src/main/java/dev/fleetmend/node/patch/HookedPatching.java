package dev.fleetmend.node.patch;

import dev.fleetmend.patching.exchange.PatchRunSummary;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The patch steps of {@code AWS-RunPatchBaselineWithHooks}, each a patch run of its own. Hooks run
 * before and after an Install that leaves the node running, and after the one reboot: as the user
 * guide of Patch Manager has it.
 */
public final class HookedPatching implements PatchRun {
  /** The document. */
  public static final String DOCUMENT = "AWS-RunPatchBaselineWithHooks";

  /** Exit code of a step after which the document ends as a success, but for its last step. */
  static final int SUCCESS_AND_STOP = 168;

  private static final String NO_REBOOT = "NoReboot";
  private static final String REBOOT_IF_NEEDED = "RebootIfNeeded";

  private final PatchRun patching;
  private final String step;

  /**
   * @param patching what the runs are made by
   * @param step the name of the document's step
   */
  public HookedPatching(PatchRun patching, String step) {
    this.patching = patching;
    this.step = step;
  }

  @Override
  public PatchOutcome run(PatchCommand command, RunWatch watch) throws InterruptedException {
    return switch (step) {
      case "ScanLinux" -> scan(command, watch);
      case "InstallLinux" -> patching.run(run(command, "Install", NO_REBOOT), watch);
      case "RebootLinux" -> reboot(command, watch);
      default -> new PatchOutcome(1, "", "The step " + step + " is not for this node.\n");
    };
  }

  private PatchOutcome scan(PatchCommand command, RunWatch watch) throws InterruptedException {
    PatchOutcome scanned = patching.run(run(command, "Scan", NO_REBOOT), watch);
    if (scanned.exitCode() != 0) {
      return scanned;
    }
    if (command.first("Operation", "").equals("Scan")) {
      return ending(scanned, "");
    }
    return isSettled(scanned.summary(), mayReboot(command))
        ? ending(scanned, "Nothing is to be done: the steps up to the last hook are left out.\n")
        : scanned;
  }

  /** A reboot is not made for what was chosen to wait for one. */
  private static boolean isSettled(@Nullable PatchRunSummary summary, boolean mayReboot) {
    return summary != null && summary.nothingMissing() && (summary.nothingPending() || !mayReboot);
  }

  private static PatchOutcome ending(PatchOutcome scanned, String why) {
    return new PatchOutcome(
        SUCCESS_AND_STOP, scanned.standardOutput() + why, scanned.standardError());
  }

  private PatchOutcome reboot(PatchCommand command, RunWatch watch) throws InterruptedException {
    return mayReboot(command)
        ? patching.run(run(command, "Install", REBOOT_IF_NEEDED), watch)
        : new PatchOutcome(0, "Not rebooted: RebootOption is NoReboot.\n", "");
  }

  private static boolean mayReboot(PatchCommand command) {
    return command.first("RebootOption", REBOOT_IF_NEEDED).equals(REBOOT_IF_NEEDED);
  }

  private PatchCommand run(PatchCommand command, String operation, String rebootOption) {
    return new PatchCommand(
        command.commandId() + "." + step,
        Map.of(
            "Operation",
            List.of(operation),
            "RebootOption",
            List.of(rebootOption),
            "SnapshotId",
            List.of(command.first("SnapshotId", ""))));
  }
}
