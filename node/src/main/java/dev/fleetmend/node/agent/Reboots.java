package dev.fleetmend.node.agent;

import dev.fleetmend.node.AgentLog;
import java.io.IOException;
import java.time.Duration;
import java.util.List;

/** Reboots the host when a command asked for it. */
final class Reboots {
  private static final Duration FOR_OTHER_COMMANDS = Duration.ofMinutes(1);
  private static final Duration FOR_REPLIES = Duration.ofSeconds(10);
  private static final Duration FOR_THE_REBOOT = Duration.ofMinutes(10);

  private final CommandQueue queue;
  private final ReplyOutbox outbox;
  private final List<String> command;
  private final AgentLog log;

  Reboots(CommandQueue queue, ReplyOutbox outbox, List<String> command, AgentLog log) {
    this.queue = queue;
    this.outbox = outbox;
    this.command = command;
    this.log = log;
  }

  /** Waits for requests until the thread is interrupted, or the host is rebooted. */
  void run() throws InterruptedException {
    while (true) {
      queue.awaitReboot(FOR_OTHER_COMMANDS.toMillis());
      outbox.awaitEmpty(FOR_REPLIES.toMillis());
      log.info("rebooting: a command asked for it");
      String failure = reboot();
      log.warn(failure);
      queue.rebootFailed(failure);
    }
  }

  private String reboot() throws InterruptedException {
    String name = String.join(" ", command);
    try {
      int code = new ProcessBuilder(command).inheritIO().start().waitFor();
      if (code != 0) {
        return "The host was not rebooted: " + name + " ended with " + code + ".";
      }
    } catch (IOException e) {
      return "The host was not rebooted: " + e.getMessage() + ".";
    }
    Thread.sleep(FOR_THE_REBOOT);
    return "The host was not rebooted within "
        + FOR_THE_REBOOT.toMinutes()
        + " minutes of "
        + name
        + ".";
  }
}
