package dev.fleetmend.node.worker;

import dev.fleetmend.node.patch.TransactionWorkers;
import dev.fleetmend.node.state.HeldLock;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;

/**
 * Starts {@code fleetmend-agent transact ID}: under systemd in a transient unit, elsewhere in a
 * session of its own. A worker holds a lock while it lives, which is how a restarted agent knows of
 * it.
 */
public final class DetachedWorkers implements TransactionWorkers {
  private static final long LOOK_AGAIN_MILLIS = 100;
  private static final Path SETSID = Path.of("/usr/bin/setsid");

  private final Path state;
  private final List<String> agent;

  /** With the agent's own program and options, to which {@code transact ID} is added. */
  public DetachedWorkers(Path state, List<String> agent) {
    this.state = state;
    this.agent = List.copyOf(agent);
  }

  private static Path lock(Path state) {
    return state.resolve("worker.lock");
  }

  @Override
  public void run(String transactionId) throws IOException, InterruptedException {
    TransactionUnit unit = new TransactionUnit(transactionId);
    if (waitedForOneAlive() || (TransactionUnit.possible() && unit.awaitEnd())) {
      return;
    }
    List<String> command = new ArrayList<>(wrapper(unit));
    command.addAll(agent);
    command.addAll(List.of("transact", transactionId));
    Path log = state.resolve("transact.log");
    new ProcessBuilder(command)
        .redirectInput(ProcessBuilder.Redirect.from(Path.of("/dev/null").toFile()))
        .redirectErrorStream(true)
        .redirectOutput(ProcessBuilder.Redirect.appendTo(log.toFile()))
        .start()
        .waitFor();
    waitedForOneAlive();
  }

  /** A transaction's work. */
  public interface Work {
    int run();
  }

  /**
   * Does a worker's work in this process, after any other worker of the node has ended. A process
   * that is asked to end (a shutdown of the host) does so when the work is done.
   */
  public static int alone(Path state, Work work) throws IOException, InterruptedException {
    HeldLock mine = HeldLock.tryTake(lock(state));
    while (mine == null) {
      Thread.sleep(LOOK_AGAIN_MILLIS);
      mine = HeldLock.tryTake(lock(state));
    }
    CountDownLatch done = new CountDownLatch(1);
    Runtime.getRuntime().addShutdownHook(new Thread(() -> await(done), "end of the transaction"));
    try {
      return work.run();
    } finally {
      mine.close();
      done.countDown();
    }
  }

  private static void await(CountDownLatch done) {
    try {
      done.await();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /** Whether one lived when this was called; none lives when this returns. */
  private boolean waitedForOneAlive() throws IOException, InterruptedException {
    boolean waited = false;
    while (true) {
      HeldLock probe = HeldLock.tryTake(lock(state));
      if (probe != null) {
        probe.close();
        return waited;
      }
      waited = true;
      Thread.sleep(LOOK_AGAIN_MILLIS);
    }
  }

  private static List<String> wrapper(TransactionUnit unit) {
    if (TransactionUnit.possible()) {
      return unit.starter();
    }
    return Files.isExecutable(SETSID) ? List.of(SETSID.toString(), "--wait") : List.of();
  }
}
