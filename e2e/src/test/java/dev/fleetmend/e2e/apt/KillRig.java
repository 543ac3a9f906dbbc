package dev.fleetmend.e2e.apt;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.fleetmend.lab.Deb;
import dev.fleetmend.lab.LabHost;
import dev.fleetmend.lab.Suite;
import dev.fleetmend.lab.SyntheticArchive;
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
 * Kills in a patch run, each time at a moment that it waited for: packages' scripts and apt's
 * fetching and dpkg's unpacking stop at gates, the journal shows by its records.
 */
final class KillRig {
  /** Each bound to the one before in the same version. */
  static final List<String> PACKAGES = List.of("lab-k1", "lab-k2", "lab-k3", "lab-k4");

  /** Where scripts tell that another one of the same package ran beside them. */
  static final String OVERLAPS = "/var/log/overlaps";

  private static final Duration PATIENCE = Duration.ofMinutes(3);
  private static final String FETCH = "fetch";
  private static final String WAIT =
      """
      stop_at() {
        if [ -e "/run/gate-$1" ]; then
          : >"/run/at-$1"
          while [ -e "/run/gate-$1" ]; do sleep 0.02; done
          rm -f "/run/at-$1"
        fi
      }
      """;

  /** What is killed. */
  enum Victim {
    AGENT,
    APT,
    DPKG,
    /** Agent, apt and dpkg, at once; a package's script goes on. */
    ALL,
    POWER
  }

  /** When it is killed. */
  enum Moment {
    /** While apt fetches package files. */
    FETCHING,
    /** In a package's script before it is unpacked. */
    PREINST,
    /** While a package's files are being unpacked. */
    EXTRACTING,
    /** In a package's script that configures it. */
    POSTINST,
    /** As a record of the journal is being written. */
    JOURNALLING
  }

  private final PatchedHost patched;
  private final Random random;

  KillRig(PatchedHost patched, Random random) {
    this.patched = patched;
    this.random = random;
  }

  static void fill(SyntheticArchive archive) {
    for (int i = 0; i < PACKAGES.size(); i++) {
      offer(archive, Suite.RELEASE, i, "1.0");
      offer(archive, Suite.SECURITY, i, "1.1");
    }
    archive.publish();
  }

  private static void offer(SyntheticArchive archive, Suite suite, int i, String version) {
    String name = PACKAGES.get(i);
    Deb deb =
        Deb.of(name, version)
            .withConffile("setting=" + version + "\n")
            .withPayload(4)
            .withScript("preinst", script(name, "preinst"))
            .withScript("postinst", script(name, "postinst"));
    archive.add(
        suite,
        i == 0 ? deb : deb.withField("Depends", PACKAGES.get(i - 1) + " (= " + version + ")"));
  }

  private static String script(String name, String script) {
    return WAIT
        + "mkdir /run/in-%s || echo '%s of %s' >>%s\n".formatted(name, script, name, OVERLAPS)
        + "stop_at %s-%s\n".formatted(name, script)
        + "rmdir /run/in-%s || true".formatted(name);
  }

  /** Puts gates before apt's fetching and in the middle of dpkg's unpacking, once for a host. */
  void prepare() {
    wrap("/usr/lib/apt/methods/copy", "stop_at fetch\nexec %s \"$@\"\n");
    wrap(
        "/usr/bin/dpkg-deb",
        """
        [ "$1:$(cat /proc/$PPID/comm)" = --fsys-tarfile:dpkg ] || exec %1$s "$@"
        name=${2##*/}; name=${name#[0-9]*-}
        %1$s "$@" | { head -c 1000000; stop_at "${name%%%%_*}-extract"; cat; }
        """);
  }

  private void wrap(String program, String script) {
    LabHost host = patched.host();
    host.exec("mv", program, program + ".real").orThrow();
    host.write(program, "#!/bin/sh\n" + WAIT + script.formatted(program + ".real"));
    host.exec("chmod", "755", program).orThrow();
  }

  /**
   * Starts a run and kills in it.
   *
   * @return the run, where it goes on by itself; empty where the command must be said again
   */
  Optional<Process> kill(Moment moment, Victim victim, Supplier<Process> start) {
    return switch (moment) {
      case FETCHING -> atGate(FETCH, victim, start);
      case PREINST -> atGate(any() + "-preinst", victim, start);
      case POSTINST -> atGate(any() + "-postinst", victim, start);
      case EXTRACTING -> atGate(any() + "-extract", victim, start);
      case JOURNALLING -> whileJournalling(victim, start);
    };
  }

  private String any() {
    return PACKAGES.get(random.nextInt(PACKAGES.size()));
  }

  private Optional<Process> atGate(String gate, Victim victim, Supplier<Process> start) {
    Process run = stopAt(gate, start);
    return killed(victim, run, () -> open(gate));
  }

  /** Kills after a record of the worker was written, and leaves of it what a crash might. */
  private Optional<Process> whileJournalling(Victim victim, Supplier<Process> start) {
    String before = patched.newestTransaction();
    int records = 2 + random.nextInt(4);
    Process run = start.get();
    spin(
        "record " + records + " of a journal",
        () -> !patched.newestTransaction().equals(before) && records() >= records);
    kill(java(""));
    Path journal = patched.journal(patched.newestTransaction());
    if (HostProcesses.find(patched.host(), "apt-get", "").isEmpty()) {
      tear(journal);
    }
    if (victim == Victim.POWER) {
      cutPower();
    }
    run.destroyForcibly();
    return Optional.empty();
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
      case APT -> packageManagerKilled("apt-get", run, openGate);
      case DPKG -> packageManagerKilled("dpkg", run, openGate);
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
    all.addAll(HostProcesses.find(patched.host(), "apt-get", ""));
    all.addAll(HostProcesses.find(patched.host(), "dpkg", ""));
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

  private Optional<Process> packageManagerKilled(String name, Process run, Runnable openGate) {
    kill(HostProcesses.find(patched.host(), name, ""));
    await()
        .atMost(PATIENCE)
        .until(() -> HostProcesses.find(patched.host(), "apt-get", "").isEmpty());
    openGate.run();
    return Optional.of(run);
  }

  private static void kill(List<ProcessHandle> processes) {
    assertThat(processes).as("what is to be killed").isNotEmpty();
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
    patched.host().powerCut();
    patched.host().boot();
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
