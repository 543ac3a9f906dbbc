package dev.fleetmend.e2e.kill;

import static org.awaitility.Awaitility.await;

import dev.fleetmend.e2e.apt.HostProcesses;
import dev.fleetmend.e2e.apt.PatchDriver;
import dev.fleetmend.e2e.apt.PatchedHost;
import dev.fleetmend.e2e.kill.KillHost.Stop;
import dev.fleetmend.lab.LabHost;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;

/**
 * Kills in a patch run, each time at a moment that it waited for: packages' scripts and fetching
 * stop at gates, the journal shows by its records.
 */
public final class KillRig {
  /** Each bound to the one before in the same version. */
  public static final List<String> PACKAGES = List.of("lab-k1", "lab-k2", "lab-k3", "lab-k4");

  /** Where fetching stops. */
  public static final String FETCH = "fetch";

  /** A shell's function that stops at a gate while that is closed. */
  public static final String WAIT =
      """
      stop_at() {
        if [ -e "/run/gate-$1" ]; then
          : >"/run/at-$1"
          while [ -e "/run/gate-$1" ]; do sleep 0.02; done
          rm -f "/run/at-$1"
        fi
      }
      """;

  /** Where scripts tell that another one of the same package ran beside them. */
  static final String OVERLAPS = "/var/log/overlaps";

  private static final Duration PATIENCE = Duration.ofMinutes(3);

  /** What is killed. */
  enum Victim {
    AGENT,
    /** The package manager. */
    MANAGER,
    /** The tool below it, or the manager itself where it needs none. */
    TOOL,
    /** Agent, manager and tool, at once; a package's script goes on. */
    ALL,
    POWER
  }

  /** When it is killed. */
  enum Moment {
    /** While package files are fetched. */
    FETCHING,
    /** In a package's script before it is unpacked. */
    PREINST,
    /** While a package's files are being unpacked. */
    EXTRACTING,
    /** In a package's script after it is unpacked. */
    POSTINST,
    /** As a record of the journal is being written. */
    JOURNALLING
  }

  private final KillHost host;
  private final PatchedHost patched;
  private final Random random;
  private boolean missed;

  KillRig(KillHost host, Random random) {
    this.host = host;
    this.patched = host.patched();
    this.random = random;
  }

  /**
   * A script of a package that stops at its gate, and tells of another one beside it.
   *
   * @param script such as {@code preinst}
   */
  public static String script(String name, String script) {
    return WAIT
        + "mkdir /run/in-%s || echo '%s of %s' >>%s\n".formatted(name, script, name, OVERLAPS)
        + "stop_at %s-%s\n".formatted(name, script)
        + "rmdir /run/in-%s || true".formatted(name);
  }

  /**
   * Starts a run and kills in it.
   *
   * @return the run, where it goes on by itself; empty where the command must be said again
   */
  Optional<Process> kill(Moment moment, Victim victim, Supplier<Process> start) {
    missed = false;
    return switch (moment) {
      case FETCHING -> at(new Stop(FETCH, 0), victim, start);
      case PREINST -> at(new Stop(any() + "-preinst", 0), victim, start);
      case POSTINST -> at(new Stop(any() + "-postinst", 0), victim, start);
      case EXTRACTING -> at(host.extracting(any()), victim, start);
      case JOURNALLING -> whileJournalling(victim, start);
    };
  }

  /** Whether the last kill found nothing to kill, for what it meant had ended before. */
  boolean missed() {
    return missed;
  }

  private String any() {
    List<String> all = host.stopping();
    return all.get(random.nextInt(all.size()));
  }

  private Optional<Process> at(Stop stop, Victim victim, Supplier<Process> start) {
    Process run = stopAt(stop.gate(), start);
    if (stop.millisAfter() > 0) {
      open(stop.gate());
      long millis = random.nextInt(stop.millisAfter());
      await().pollDelay(Duration.ofMillis(millis)).until(() -> true);
    }
    return killed(victim, run, () -> open(stop.gate()));
  }

  /** Kills after a record of the worker was written, and leaves of it what a crash might. */
  private Optional<Process> whileJournalling(Victim victim, Supplier<Process> start) {
    String before = patched.newestTransaction();
    int records = 2 + random.nextInt(4);
    Process run = start.get();
    spin(
        "record " + records + " of a journal, or the end of the run",
        () -> !run.isAlive() || hasRecords(before, records));
    if (!run.isAlive() && !hasRecords(before, records)) {
      missed = true;
      return Optional.of(run);
    }
    kill(java(""));
    Path journal = patched.journal(patched.newestTransaction());
    if (processes(host.manager()).isEmpty()) {
      tear(journal);
    }
    if (victim == Victim.POWER) {
      cutPower();
    }
    run.destroyForcibly();
    return Optional.empty();
  }

  private boolean hasRecords(String before, int records) {
    return !patched.newestTransaction().equals(before) && records() >= records;
  }

  private long records() {
    try {
      return Files.readString(patched.journal(patched.newestTransaction())).lines().count();
    } catch (IOException e) {
      return 0;
    }
  }

  private void tear(Path journal) {
    try (RandomAccessFile file = new RandomAccessFile(journal.toFile(), "rw")) {
      String text = Files.readString(journal);
      int last = text.lastIndexOf('\n', text.length() - 2) + 1;
      file.setLength(last + random.nextInt(text.length() - last));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private Process stopAt(String gate, Supplier<Process> start) {
    patched.host().write("/run/gate-" + gate, "");
    Process run = start.get();
    Path there = patched.host().path("/run/at-" + gate);
    await("the stop at " + gate)
        .atMost(PATIENCE)
        .pollInterval(Duration.ofMillis(5))
        .failFast("the run is over", () -> !run.isAlive())
        .until(() -> Files.exists(there));
    return run;
  }

  private void open(String gate) {
    try {
      Files.deleteIfExists(patched.host().path("/run/gate-" + gate));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** The gate opens only when whatever recovers could already disturb what stands before it. */
  private Optional<Process> killed(Victim victim, Process run, Runnable openGate) {
    return switch (victim) {
      case POWER -> powerCut(run);
      case AGENT -> agentKilled(run, openGate);
      case ALL -> allKilled(run, openGate);
      case MANAGER -> packageManagerKilled(host.manager(), run, openGate);
      case TOOL -> packageManagerKilled(host.tool(), run, openGate);
    };
  }

  private Optional<Process> powerCut(Process run) {
    cutPower();
    run.destroyForcibly();
    return Optional.empty();
  }

  /** The worker alone, or the agent with it. */
  private Optional<Process> agentKilled(Process run, Runnable openGate) {
    kill(java(random.nextBoolean() ? "" : "transact"));
    run.destroyForcibly();
    openLater(openGate);
    return Optional.empty();
  }

  private Optional<Process> allKilled(Process run, Runnable openGate) {
    List<ProcessHandle> all = new ArrayList<>(java(""));
    all.addAll(processes(host.manager()));
    all.addAll(processes(host.tool()));
    kill(all);
    run.destroyForcibly();
    openLater(openGate);
    return Optional.empty();
  }

  /** When the next worker has had the time to do what it must not do yet. */
  private void openLater(Runnable openGate) {
    Thread.ofVirtual()
        .start(
            () -> {
              await()
                  .during(Duration.ofSeconds(1))
                  .atMost(PATIENCE)
                  .until(() -> !java("transact").isEmpty());
              openGate.run();
            });
  }

  /** An undo may do without the manager, and a manager without a tool; what works is killed. */
  private Optional<Process> packageManagerKilled(String name, Process run, Runnable openGate) {
    List<ProcessHandle> managers = processes(host.manager());
    List<ProcessHandle> named = processes(name);
    kill(named.isEmpty() ? processes(other(name)) : named);
    await().atMost(PATIENCE).until(() -> managers.stream().noneMatch(ProcessHandle::isAlive));
    openGate.run();
    return Optional.of(run);
  }

  private String other(String name) {
    return name.equals(host.tool()) ? host.manager() : host.tool();
  }

  private List<ProcessHandle> processes(String name) {
    return HostProcesses.find(patched.host(), name, "");
  }

  private void kill(List<ProcessHandle> processes) {
    missed = processes.isEmpty();
    processes.forEach(ProcessHandle::destroyForcibly);
    for (ProcessHandle process : processes) {
      await().atMost(PATIENCE).pollInterval(Duration.ofMillis(2)).until(() -> !process.isAlive());
    }
  }

  private List<ProcessHandle> java(String word) {
    List<ProcessHandle> java =
        new ArrayList<>(HostProcesses.find(patched.host(), "java", PatchDriver.class.getName()));
    if (!word.isEmpty()) {
      java.retainAll(HostProcesses.find(patched.host(), "java", word));
    }
    return java;
  }

  private void cutPower() {
    LabHost cut = patched.host();
    cut.powerCut();
    cut.boot();
  }

  private static void spin(String what, BooleanSupplier condition) {
    long end = System.nanoTime() + PATIENCE.toNanos();
    while (!condition.getAsBoolean()) {
      if (System.nanoTime() > end) {
        throw new AssertionError("waited in vain for " + what);
      }
      Thread.onSpinWait();
    }
  }
}
