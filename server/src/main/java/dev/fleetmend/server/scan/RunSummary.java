package dev.fleetmend.server.scan;

import dev.fleetmend.patching.decision.Decision;
import dev.fleetmend.patching.decision.PatchCounts;
import dev.fleetmend.patching.decision.PatchState;
import dev.fleetmend.patching.decision.PatchStatus;
import dev.fleetmend.patching.exchange.PatchRunSummary;
import dev.fleetmend.server.rollback.HeldVersion;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

/** What people read at the end of a patch run. */
final class RunSummary {
  private static final int MOST_PATCHES = 100;

  private RunSummary() {}

  static PatchRunSummary of(Derivations.Derived derived) {
    NodeState state = derived.state();
    Decision decision = derived.decision();
    List<String> lines = new ArrayList<>();
    lines.add(
        state.operation().name()
            + " of "
            + state.instanceId()
            + ", judged by "
            + state.baselineId()
            + (state.patchGroup().isEmpty() ? "" : ", patch group " + state.patchGroup()));
    lines.add(counts(decision.counts()));
    decision.doubts().forEach(doubt -> lines.add("WARNING: " + doubt));
    patches(decision.statuses(), lines);
    derived.held().forEach(held -> lines.add(held(held)));
    lines.add(verdict(decision) + ": " + gist(decision.counts(), derived.held().size()));
    return new PatchRunSummary(
        decision.counts().isCompliant(),
        decision.counts().missing() + decision.counts().failed() == 0,
        decision.counts().installedPendingReboot() == 0,
        lines,
        derived.held().stream().map(HeldVersion::version).toList());
  }

  private static String counts(PatchCounts counts) {
    return "Installed "
        + counts.installed()
        + ", InstalledOther "
        + counts.installedOther()
        + ", InstalledPendingReboot "
        + counts.installedPendingReboot()
        + ", InstalledRejected "
        + counts.installedRejected()
        + ", Missing "
        + counts.missing()
        + ", Failed "
        + counts.failed()
        + ", NotApplicable "
        + counts.notApplicable();
  }

  private static String verdict(Decision decision) {
    if (!decision.counts().isCompliant()) {
      return "NON_COMPLIANT";
    }
    return decision.doubts().isEmpty()
        ? "COMPLIANT"
        : "COMPLIANT as far as can be known, see the warnings";
  }

  /** Stands in the last line, which is what is shown of a node among many. */
  private static String gist(PatchCounts counts, int held) {
    return counts.installed()
        + " installed, "
        + counts.missing()
        + " missing, "
        + counts.failed()
        + " failed"
        + unlessNone(counts.installedPendingReboot(), "waiting for a reboot")
        + unlessNone(counts.installedRejected(), "installed and rejected")
        + unlessNone(held, "held back by a rollback");
  }

  private static String unlessNone(int number, String what) {
    return number == 0 ? "" : ", " + number + " " + what;
  }

  private static void patches(List<PatchStatus> statuses, List<String> lines) {
    List<PatchStatus> shown =
        statuses.stream().filter(status -> status.state().isNonCompliant()).toList();
    shown.stream().limit(MOST_PATCHES).map(RunSummary::patch).forEach(lines::add);
    if (shown.size() > MOST_PATCHES) {
      lines.add("... and " + (shown.size() - MOST_PATCHES) + " more");
    }
  }

  private static String patch(PatchStatus status) {
    PatchState state = status.state();
    String cves = status.cves().isEmpty() ? "" : " [" + String.join(", ", status.cves()) + "]";
    return state.wireName()
        + " "
        + PatchNames.kbId(status)
        + " "
        + Objects.requireNonNullElse(status.title(), status.version())
        + cves
        + ": "
        + status.why();
  }

  private static String held(HeldVersion held) {
    String open = held.cves().isEmpty() ? "" : ", leaves open " + String.join(", ", held.cves());
    return "Held back by rollback: "
        + held.version().name()
        + "."
        + held.version().arch()
        + " "
        + held.version().version()
        + open;
  }
}
