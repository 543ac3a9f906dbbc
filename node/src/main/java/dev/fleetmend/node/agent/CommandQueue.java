package dev.fleetmend.node.agent;

import dev.fleetmend.node.AgentLog;
import dev.fleetmend.node.document.Cancellation;
import dev.fleetmend.node.document.CommandFolder;
import dev.fleetmend.node.document.CommandRunner;
import dev.fleetmend.protocol.message.RunStatus;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

/**
 * Runs commands that were taken over: a few at a time, and those that touch packages one after the
 * other. Once a command has asked for a reboot, nothing new begins before it.
 */
final class CommandQueue {
  private static final long RETRY_MILLIS = 30_000;

  private final CommandRunner runner;
  private final AgentLog log;
  private final ThreadPoolExecutor workers;
  private final ThreadPoolExecutor packages;
  private final Map<String, Cancellation> open = new HashMap<>();
  private final List<Runnable> held = new ArrayList<>();
  private final List<CommandFolder> awaitingReboot = new ArrayList<>();
  private int running;

  CommandQueue(CommandRunner runner, int workers, AgentLog log) {
    this.runner = runner;
    this.log = log;
    this.workers = pool(workers, "command");
    this.packages = pool(1, "packages");
  }

  private static ThreadPoolExecutor pool(int size, String name) {
    ThreadPoolExecutor pool =
        new ThreadPoolExecutor(
            size,
            size,
            10,
            TimeUnit.SECONDS,
            new LinkedBlockingQueue<>(),
            Thread.ofPlatform().daemon().name(name + "-", 1).factory());
    pool.allowCoreThreadTimeOut(true);
    return pool;
  }

  /** Runs a command as soon as there is room. */
  void submit(String commandId, CommandFolder folder) throws IOException {
    Cancellation cancellation = new Cancellation();
    synchronized (this) {
      open.put(commandId, cancellation);
    }
    ThreadPoolExecutor pool = runner.isPatchCommand(folder.command()) ? packages : workers;
    Runnable[] self = new Runnable[1];
    self[0] = () -> work(commandId, folder, cancellation, () -> pool.execute(self[0]));
    pool.execute(self[0]);
  }

  /** Asks a command to stop; one that is unknown or has ended is none the worse. */
  synchronized void cancel(String commandId) {
    Cancellation cancellation = open.get(commandId);
    if (cancellation != null) {
      cancellation.request();
    }
  }

  /** Waits until a reboot is asked for, and then a while for the other commands to end. */
  synchronized void awaitReboot(long patienceMillis) throws InterruptedException {
    while (awaitingReboot.isEmpty()) {
      wait();
    }
    long end = System.nanoTime() + patienceMillis * 1_000_000;
    while (running > 0 && System.nanoTime() < end) {
      wait(Math.max(1, (end - System.nanoTime()) / 1_000_000));
    }
  }

  /** Goes on without the reboot: those that needed it fail. */
  void rebootFailed(String why) {
    List<CommandFolder> failed;
    List<Runnable> next;
    synchronized (this) {
      failed = List.copyOf(awaitingReboot);
      next = List.copyOf(held);
      awaitingReboot.clear();
      held.clear();
    }
    for (CommandFolder folder : failed) {
      try {
        runner.rebootFailed(folder, why);
      } catch (IOException e) {
        log.warn("a command could not be ended", e);
      }
    }
    next.forEach(Runnable::run);
  }

  private void work(
      String commandId, CommandFolder folder, Cancellation cancellation, Runnable again) {
    synchronized (this) {
      if (!awaitingReboot.isEmpty()) {
        held.add(again);
        return;
      }
      running++;
    }
    RunStatus status = RunStatus.IN_PROGRESS;
    try {
      status = runToItsEnd(folder, cancellation);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } finally {
      ended(commandId, folder, status);
    }
  }

  private RunStatus runToItsEnd(CommandFolder folder, Cancellation cancellation)
      throws InterruptedException {
    while (true) {
      try {
        return runner.run(folder, cancellation);
      } catch (IOException e) {
        log.warn("a command cannot go on, trying again", e);
        Thread.sleep(RETRY_MILLIS);
      }
    }
  }

  private synchronized void ended(String commandId, CommandFolder folder, RunStatus status) {
    running--;
    if (status == RunStatus.SUCCESS_AND_REBOOT) {
      awaitingReboot.add(folder);
    } else {
      open.remove(commandId);
    }
    notifyAll();
  }
}
