package dev.fleetmend.node.patch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.groups.Tuple.tuple;

import dev.fleetmend.patching.exchange.PatchRunSummary;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class HookedPatchingTest {
  private final List<PatchCommand> runs = new ArrayList<>();
  private PatchOutcome outcome = scanned(false, true);

  @Test
  void eachStepIsARunOfItsOwnAndOnlyTheLastMayReboot() throws Exception {
    assertThat(run("ScanLinux", "Operation", "Install").exitCode()).isZero();
    run("InstallLinux", "Operation", "Install");
    run("RebootLinux", "Operation", "Install", "SnapshotId", "a-snapshot");

    assertThat(runs)
        .extracting(
            PatchCommand::commandId,
            one -> one.first("Operation", ""),
            one -> one.first("RebootOption", ""))
        .containsExactly(
            tuple("id.ScanLinux", "Scan", "NoReboot"),
            tuple("id.InstallLinux", "Install", "NoReboot"),
            tuple("id.RebootLinux", "Install", "RebootIfNeeded"));
    assertThat(runs.getLast().first("SnapshotId", "")).isEqualTo("a-snapshot");
  }

  @Test
  void aScanEndsTheDocument() throws Exception {
    assertThat(run("ScanLinux", "Operation", "Scan").exitCode()).isEqualTo(168);
  }

  @Test
  void anInstallWithNothingToDoGoesOnAtTheLastHook() throws Exception {
    outcome = scanned(true, true);
    assertThat(run("ScanLinux", "Operation", "Install").exitCode()).isEqualTo(168);

    outcome = scanned(true, false);
    assertThat(run("ScanLinux", "Operation", "Install").exitCode()).isZero();
    assertThat(run("ScanLinux", "Operation", "Install", "RebootOption", "NoReboot").exitCode())
        .isEqualTo(168);
  }

  @Test
  void whatTheServerDoesNotSaySettlesNothing() throws Exception {
    outcome = new PatchOutcome(0, "", "");

    assertThat(run("ScanLinux", "Operation", "Install").exitCode()).isZero();
  }

  @Test
  void aScanThatFailsIsAFailure() throws Exception {
    outcome = new PatchOutcome(1, "", "no server\n");

    assertThat(run("ScanLinux", "Operation", "Scan").exitCode()).isEqualTo(1);
  }

  @Test
  void withNoRebootNothingIsRunForIt() throws Exception {
    PatchOutcome ended = run("RebootLinux", "Operation", "Install", "RebootOption", "NoReboot");

    assertThat(ended.exitCode()).isZero();
    assertThat(ended.standardOutput()).contains("NoReboot");
    assertThat(runs).isEmpty();
  }

  private PatchOutcome run(String step, String... parameters) throws InterruptedException {
    Map<String, List<String>> given = new HashMap<>();
    for (int i = 0; i < parameters.length; i += 2) {
      given.put(parameters[i], List.of(parameters[i + 1]));
    }
    return new HookedPatching(this::patch, step)
        .run(new PatchCommand("id", given), RunWatch.none());
  }

  private PatchOutcome patch(PatchCommand command, RunWatch watch) {
    runs.add(command);
    return outcome;
  }

  private static PatchOutcome scanned(boolean nothingMissing, boolean nothingPending) {
    return new PatchOutcome(
        0,
        "",
        new PatchRunSummary(
            nothingMissing && nothingPending,
            nothingMissing,
            nothingPending,
            List.of(),
            List.of()));
  }
}
