package dev.fleetmend.node.patch;

import dev.fleetmend.node.host.BootId;
import dev.fleetmend.node.journal.Journal;
import dev.fleetmend.node.journal.Order;
import dev.fleetmend.node.journal.Transaction;
import dev.fleetmend.node.manager.PackageManager;
import dev.fleetmend.node.transaction.Forecast;
import dev.fleetmend.node.transaction.HeldBack;
import dev.fleetmend.patching.exchange.PatchResult.Outcome;
import dev.fleetmend.patching.exchange.PatchRunSummary;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/** Runs of this host, resumed from where they stand on disk. */
final class HostPatchRun implements PatchRun {
  private final PatchNode node;
  private final PackageManager manager;
  private final Journal journal;
  private final RunStates states;
  private final ServerTalk server;
  private final RunOrders orders;
  private final PreviewRun previews;
  private final Forecast forecast;
  private final TransactionStates transactions;
  private final Carrying carrying;
  private final HeldBack heldBack;
  private final RunReports reports;
  private final UnfinishedRuns unfinished;
  private final Clock clock;

  HostPatchRun(
      PatchNode node,
      PackageManager manager,
      Journal journal,
      RunStates states,
      ServerTalk server,
      RunOrders orders,
      PreviewRun previews,
      Forecast forecast,
      TransactionStates transactions,
      UnfinishedRuns unfinished,
      Clock clock) {
    this.node = node;
    this.manager = manager;
    this.journal = journal;
    this.states = states;
    this.server = server;
    this.orders = orders;
    this.previews = previews;
    this.forecast = forecast;
    this.transactions = transactions;
    this.carrying = unfinished.carrying();
    this.heldBack = new HeldBack(node.state(), manager);
    this.reports = unfinished.reports();
    this.unfinished = unfinished;
    this.clock = clock;
  }

  @Override
  public PatchOutcome run(PatchCommand command, RunWatch watch) throws InterruptedException {
    List<String> said = new ArrayList<>();
    try {
      Parameters parameters = Parameters.of(command);
      if (node.readOnly() && !parameters.scans() && !parameters.previews()) {
        throw new RunException(
            "This node only looks: "
                + parameters.operation()
                + " is not allowed here until `up --patch-this-machine` says otherwise."
                + " Nothing was done.");
      }
      return parameters.previews()
          ? previews.run(command.commandId(), parameters)
          : go(command.commandId(), parameters, said, watch);
    } catch (RunException e) {
      return new PatchOutcome(1, text(said), e.getMessage() + "\n");
    } catch (InterruptedIOException e) {
      throw new InterruptedException(e.getMessage());
    } catch (IOException e) {
      return new PatchOutcome(1, text(said), "The run stopped: " + e.getMessage() + "\n");
    }
  }

  private PatchOutcome go(
      String commandId, Parameters parameters, List<String> said, RunWatch watch)
      throws IOException, RunException, InterruptedException {
    Optional<RunState> known = states.find(commandId);
    if (known.isEmpty() && !watch.stopped()) {
      unfinished.endAllBut(commandId);
    }
    if (known.isEmpty() && watch.stopped()) {
      return PatchOutcome.cancelledAtOnce();
    }
    RunState state = known.isPresent() ? known.get() : begin(commandId, parameters);
    List<Transaction> done = new ArrayList<>();
    for (String id : state.transactions()) {
      boolean inVain = parameters.withNewer() && !done.stream().allMatch(HostPatchRun::isWhole);
      done.add(inVain ? carrying.leave(id) : carrying.toTheEnd(id, watch));
    }
    boolean cancelled = done.stream().anyMatch(Transaction::isCancelled);
    if (state.rebootFrom().isEmpty()) { // else they were said before the reboot
      said.addAll(state.notes());
      done.forEach(transaction -> said.addAll(ResultText.of(transaction)));
    }
    if (!cancelled && mustReboot(state, parameters, done)) {
      states.write(state.rebootingFrom(bootId()));
      said.add("Rebooting.");
      return new PatchOutcome(PatchOutcome.REBOOT, text(said), "");
    }
    server.report(manager.scan());
    PatchRunSummary summary = server.end(reports.of(state));
    if (!parameters.scans()) {
      states.write(state.asEnded());
      states.prune();
    }
    if (!node.readOnly()) {
      heldBack.replace(summary.heldBack());
    }
    server.report(transactions.newest());
    said.addAll(summary.lines());
    if (done.stream().anyMatch(Transaction::isStopped)) {
      return new PatchOutcome(
          1, text(said), "Stopped before anything was changed; why is named above.\n");
    }
    return cancelled
        ? PatchOutcome.cancelled(text(said), "Cancelled; what was left undone is named above.\n")
        : new PatchOutcome(exitCode(parameters, done), text(said), summary);
  }

  private RunState begin(String commandId, Parameters parameters)
      throws IOException, RunException, InterruptedException {
    RunOrders.Terms terms = orders.terms(parameters);
    RunState fresh =
        new RunState(
            commandId,
            parameters.operation(),
            parameters.snapshotId(),
            parameters.rebootOption(),
            parameters.installOverrideList(),
            Objects.requireNonNullElse(terms.baseline(), ""),
            clock.millis(),
            List.of(),
            "",
            List.of(),
            false);
    RunState begun = order(fresh, parameters, terms);
    if (!parameters.scans()) { // which changes nothing, and begins anew where it was cut off
      states.write(begun);
    }
    return begun;
  }

  /** Orders that were journalled before this run itself was written down are taken over. */
  private RunState order(RunState fresh, Parameters parameters, RunOrders.Terms terms)
      throws IOException, RunException, InterruptedException {
    List<String> ordered =
        journal.all().stream()
            .filter(one -> one.order().commandId().equals(fresh.commandId()))
            .map(Transaction::id)
            .toList();
    if (parameters.scans() || !ordered.isEmpty()) {
      return fresh.with(ordered, List.of());
    }
    if (!parameters.installs()) {
      RollbackChoice choice = orders.uninstall(fresh.commandId(), parameters, terms);
      stopChain(choice.orders(), parameters);
      return begun(fresh, choice.orders(), choice.notes());
    }
    RunOrders.Planned planned = orders.plan(fresh.commandId(), parameters, terms);
    heldBack.replace(planned.plan().heldBack());
    List<String> notes = new ArrayList<>(planned.plan().notes());
    boolean held = terms.held() != null && !terms.held().changes().isEmpty();
    if (planned.plan().install().isEmpty() && !held) {
      notes.add("Nothing to install.");
      return fresh.with(List.of(), notes);
    }
    return begun(
        fresh, List.of(orders.install(fresh.commandId(), parameters, terms, planned)), notes);
  }

  /** What stands against an older step is found out before the newest is taken. */
  private void stopChain(List<Order> chain, Parameters parameters)
      throws IOException, RunException {
    List<String> objections =
        chain.size() < 2 ? List.of() : forecast.objections(chain, parameters.withNewer());
    if (!objections.isEmpty()) {
      throw new RunException(
          "Stopped before anything was changed:\n  " + String.join("\n  ", objections));
    }
  }

  private RunState begun(RunState fresh, List<Order> all, List<String> notes) throws IOException {
    List<String> transactions = new ArrayList<>();
    for (Order order : all) {
      transactions.add(journal.begin(order, bootId()).id());
    }
    return fresh.with(transactions, notes);
  }

  /** Once a run, where it put anything in or takes over what waits for a reboot. */
  private boolean mustReboot(RunState state, Parameters parameters, List<Transaction> done)
      throws IOException {
    if (!parameters.installs() || !parameters.mayReboot()) {
      return false;
    }
    String boot = bootId();
    if (!state.rebootFrom().isEmpty()) {
      return state.rebootFrom().equals(boot);
    }
    for (Transaction one : journal.all()) {
      boolean ofThisRun = done.stream().anyMatch(transaction -> transaction.id().equals(one.id()));
      if ((ofThisRun || one.last().bootId().equals(boot))
          && one.order().kind().equals(Order.INSTALL)
          && one.results().stream().anyMatch(result -> result.outcome() == Outcome.DONE)) {
        return true;
      }
    }
    return false;
  }

  /** Whether all of it was done. */
  private static boolean isWhole(Transaction one) {
    return one.results().stream()
        .noneMatch(
            result -> result.outcome() == Outcome.FAILED || result.outcome() == Outcome.REFUSED);
  }

  private static int exitCode(Parameters parameters, List<Transaction> done) {
    boolean failed =
        done.stream()
            .flatMap(transaction -> transaction.results().stream())
            .anyMatch(
                result ->
                    result.outcome() == Outcome.FAILED
                        || (result.outcome() == Outcome.REFUSED && !parameters.installs()));
    return failed ? 1 : 0;
  }

  private static String bootId() throws IOException {
    return BootId.ofKernel().current();
  }

  private static String text(List<String> lines) {
    return lines.isEmpty() ? "" : String.join("\n", lines) + "\n";
  }
}
