package dev.fleetmend.node.worker;

import dev.fleetmend.node.program.ProgramResult;
import dev.fleetmend.node.program.Programs;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/**
 * The transient systemd unit that a transaction's worker runs in: {@code
 * fleetmend-transaction-ID.service}. What ends the agent's own service does not end it.
 */
final class TransactionUnit {
  private static final Path SYSTEMD = Path.of("/run/systemd/system");
  private static final Path SYSTEMD_RUN = Path.of("/usr/bin/systemd-run");
  private static final long LOOK_AGAIN_MILLIS = 100;
  private static final int MOST_LOOKS_AT_AN_ENDED_ONE = 50;

  private final Programs programs = new Programs(Map.of());
  private final String transactionId;

  TransactionUnit(String transactionId) {
    this.transactionId = transactionId;
  }

  /** Whether this host is run by systemd. */
  static boolean possible() {
    return Files.isDirectory(SYSTEMD) && Files.isExecutable(SYSTEMD_RUN);
  }

  /**
   * What goes before the worker's command line. A shutdown asks the worker to end, which it does at
   * the end of its transaction, and waits for that.
   */
  List<String> starter() {
    return List.of(
        SYSTEMD_RUN.toString(),
        "--unit=" + name(),
        "--description=Fleetmend package transaction " + transactionId,
        "--collect",
        "--quiet",
        "--wait",
        "--property=KillMode=mixed",
        "--property=TimeoutStopSec=15min",
        "--");
  }

  /**
   * Waits until systemd knows no unit of this name any more. Its worker may not have got as far as
   * taking its lock when the agent that started it was ended.
   *
   * @return whether it was running
   */
  boolean awaitEnd() throws IOException, InterruptedException {
    boolean ran = false;
    int ended = 0;
    while (ended < MOST_LOOKS_AT_AN_ENDED_ONE) {
      String state = show();
      if (state.contains("LoadState=not-found")) {
        return ran;
      }
      if (state.contains("ActiveState=inactive") || state.contains("ActiveState=failed")) {
        ended++;
        programs.run(List.of("systemctl", "--quiet", "reset-failed", name()));
      } else {
        ran = true;
      }
      Thread.sleep(LOOK_AGAIN_MILLIS);
    }
    return ran;
  }

  private String show() throws IOException {
    ProgramResult result =
        programs.run(List.of("systemctl", "show", "--property=LoadState,ActiveState", name()));
    if (!result.succeeded()) {
      throw new IOException("systemctl show " + name() + ": " + result.errors().strip());
    }
    return result.output();
  }

  private String name() {
    return "fleetmend-transaction-" + transactionId + ".service";
  }
}
