package dev.fleetmend.server.worker;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.fleetmend.patching.exchange.FactsReport;
import dev.fleetmend.patching.exchange.PatchResult;
import dev.fleetmend.patching.exchange.PatchRunPlan;
import dev.fleetmend.patching.exchange.PatchRunReport;
import dev.fleetmend.patching.exchange.PatchRunRequest;
import dev.fleetmend.patching.exchange.PatchRunSummary;
import dev.fleetmend.patching.exchange.TransactionReport;
import dev.fleetmend.patching.fact.HostFacts;
import dev.fleetmend.patching.fact.PackageVersion;
import dev.fleetmend.protocol.json.Naming;
import dev.fleetmend.protocol.json.RecordJson;
import dev.fleetmend.server.command.CommandsUnderWay.Sent;
import dev.fleetmend.server.scan.PatchRuns;
import dev.fleetmend.server.worker.WorkerTokens.Owner;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Clock;
import java.util.HexFormat;
import java.util.List;

/**
 * The two calls of a worker script as the steps of a patch run. What it is to do, its command says.
 */
final class WorkerRuns {
  private static final String UNINSTALL = "Uninstall";

  private final Clock clock;
  private final PatchRuns runs;
  private final RecordJson json = new RecordJson(Naming.CAMEL);

  WorkerRuns(Clock clock, PatchRuns runs) {
    this.clock = clock;
    this.runs = runs;
  }

  /** Looks whether a scan could be taken; changes nothing. */
  void check(WorkerScan scan) {
    runs.check(scan.facts());
  }

  /** Takes the facts before an operation and says what is to be done. */
  WorkerPlan plan(Owner owner, Sent sent, WorkerScan scan) {
    WorkerCommand command = WorkerCommand.of(sent);
    command.requirePossible();
    String operation = command.operation();
    report(owner, scan.facts());
    if (operation.equals(UNINSTALL)) {
      return Uninstalls.of(command.parameters(), scan.facts());
    }
    if (!operation.equals("Install")) {
      return new WorkerPlan(List.of(), List.of(), List.of());
    }
    PatchRunPlan plan =
        runs.begin(
            new PatchRunRequest(
                owner.instanceId(),
                owner.commandId(),
                operation,
                command.text("SnapshotId"),
                command.text("RebootOption"),
                command.baselineOverride(scan.baselineOverride()),
                scan.installOverrideList()));
    command.requireAllowed(plan);
    return new WorkerPlan(plan.install(), List.of(), plan.notes());
  }

  /** Takes the facts after an operation, with what became of the plan; what people read of it. */
  byte[] end(Owner owner, Sent sent, WorkerScan scan) {
    WorkerCommand command = WorkerCommand.of(sent);
    report(owner, scan.facts());
    String operation = command.operation();
    PatchRunSummary summary =
        runs.end(
            new PatchRunReport(
                owner.instanceId(),
                owner.commandId(),
                operation,
                command.text("SnapshotId"),
                command.text("RebootOption"),
                command.text("InstallOverrideList"),
                command.baselineOverride(scan.baselineOverride()),
                scan.startedAt(),
                clock.millis(),
                scan.results().isEmpty()
                    ? List.of()
                    : List.of(transaction(owner, operation, scan))));
    return (String.join("\n", summary.lines()) + "\n").getBytes(UTF_8);
  }

  private void report(Owner owner, HostFacts facts) {
    runs.report(new FactsReport(owner.instanceId(), sha256(json.write(facts)), facts));
  }

  private static TransactionReport transaction(Owner owner, String operation, WorkerScan scan) {
    boolean out = operation.equals(UNINSTALL);
    List<PackageVersion> gone =
        scan.results().stream()
            .filter(result -> out && result.done())
            .map(WorkerScan.Result::update)
            .toList();
    return new TransactionReport(
        "script-" + owner.commandId(),
        out ? "Rollback" : "Install",
        "",
        scan.worksBootId(),
        scan.results().stream().map(result -> result(result, out)).toList(),
        gone,
        List.of());
  }

  private static PatchResult result(WorkerScan.Result result, boolean out) {
    PackageVersion update = result.update();
    return new PatchResult(
        update.name(),
        update.arch(),
        out ? update.version() : null,
        out ? null : update.version(),
        result.done() ? PatchResult.Outcome.DONE : PatchResult.Outcome.FAILED,
        result.message(),
        false,
        "no record of it is kept on the node");
  }

  private static String sha256(byte[] content) {
    try {
      return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(content));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every JDK has SHA-256", e);
    }
  }
}
