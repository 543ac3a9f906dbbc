package dev.fleetmend.node.patch;

import dev.fleetmend.node.host.BootId;
import dev.fleetmend.node.journal.Journal;
import dev.fleetmend.node.manager.PackageManager;
import dev.fleetmend.node.state.DurableFile;
import dev.fleetmend.node.transaction.Forecast;
import dev.fleetmend.node.transaction.LeftInTheMiddle;
import dev.fleetmend.node.transaction.TransactionWork;
import dev.fleetmend.node.transaction.Untried;
import dev.fleetmend.node.vault.Vault;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;

/** Chooses what patches this host, by its package manager. */
public final class Patching {
  private static final String NONE = "This host has no package manager that Fleetmend knows.";

  private Patching() {}

  /** The patch run of this host, to be called in the agent's process. */
  public static PatchRun on(PatchNode node, PatchServer server, TransactionWorkers workers) {
    try {
      if (HostManager.ofThisHost().isEmpty()) {
        return (command, watch) -> new PatchOutcome(1, "", NONE + "\n");
      }
      Clock clock = Clock.systemUTC();
      return run(node, new ServerTalk(server, node.instanceId()), workers, clock);
    } catch (IOException e) {
      String why = "Patching cannot work in " + node.state() + ": " + e.getMessage() + "\n";
      return (command, watch) -> new PatchOutcome(1, "", why);
    }
  }

  /**
   * The recovery of this host, to be called in the agent's process while no patch run works.
   *
   * @param node one that may be changed
   */
  public static Recovery recovery(PatchNode node, PatchServer server, TransactionWorkers workers)
      throws IOException {
    if (HostManager.ofThisHost().isEmpty()) {
      return Recovery.none();
    }
    Clock clock = Clock.systemUTC();
    ServerTalk talk = new ServerTalk(server, node.instanceId());
    PackageManager manager = manager(node.state(), false, clock);
    Journal journal = new Journal(journal(node.state()), clock);
    RunStates states = new RunStates(node.state().resolve("runs"));
    return new HostRecovery(
        journal,
        states,
        unfinished(node, manager, journal, states, talk, workers, clock),
        talk,
        transactions(node, journal),
        new LeftInTheMiddle(manager));
  }

  private static PatchRun run(
      PatchNode node, ServerTalk server, TransactionWorkers workers, Clock clock)
      throws IOException {
    PackageManager manager = manager(node.state(), node.readOnly(), clock);
    Journal journal = new Journal(journal(node.state()), clock);
    RunOrders orders = new RunOrders(node, manager, journal, server, clock);
    Forecast forecast = new Forecast(manager, journal, node.state());
    RunStates states = new RunStates(node.state().resolve("runs"));
    return new HostPatchRun(
        node,
        manager,
        journal,
        states,
        server,
        orders,
        new PreviewRun(node.instanceId(), orders, forecast, server),
        forecast,
        transactions(node, journal),
        unfinished(node, manager, journal, states, server, workers, clock),
        clock);
  }

  private static TransactionStates transactions(PatchNode node, Journal journal)
      throws IOException {
    return new TransactionStates(journal, new Vault(node.state().resolve("vault"), 0, 0));
  }

  private static UnfinishedRuns unfinished(
      PatchNode node,
      PackageManager manager,
      Journal journal,
      RunStates states,
      ServerTalk server,
      TransactionWorkers workers,
      Clock clock) {
    return new UnfinishedRuns(
        manager,
        journal,
        states,
        server,
        new Carrying(journal, workers, new Untried(manager)),
        new RunReports(node.instanceId(), journal, clock));
  }

  /**
   * The body of {@code fleetmend-agent transact ID}: carries out a journalled transaction, or goes
   * on with it, and does nothing where it is finished. Never runs twice at a time on a node.
   *
   * @param state the agent's state folder
   * @return the exit code of the process
   */
  public static int transact(Path state, String transactionId) {
    try {
      Clock clock = Clock.systemUTC();
      new TransactionWork(
              manager(state, false, clock),
              new Journal(journal(state), clock),
              state,
              BootId.ofKernel().current())
          .run(transactionId);
      return 0;
    } catch (IOException e) {
      System.err.println("transaction " + transactionId + " stopped: " + e.getMessage());
      return 1;
    }
  }

  private static PackageManager manager(Path state, boolean readOnly, Clock clock)
      throws IOException {
    return HostManager.ofThisHost()
        .orElseThrow(() -> new IOException(NONE))
        .open(state, readOnly, clock);
  }

  private static Path journal(Path state) throws IOException {
    Path folder = state.resolve("journal");
    DurableFile.makeFolder(folder);
    return folder;
  }
}
