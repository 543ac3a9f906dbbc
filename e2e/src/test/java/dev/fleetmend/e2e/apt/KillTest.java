package dev.fleetmend.e2e.apt;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fleetmend.lab.BaseRoot;
import dev.fleetmend.lab.Deb;
import dev.fleetmend.lab.ExecResult;
import dev.fleetmend.lab.Lab;
import dev.fleetmend.lab.Suite;
import dev.fleetmend.lab.SyntheticArchive;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import org.awaitility.Awaitility;
import org.awaitility.core.ConditionTimeoutException;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/**
 * Kills the agent, apt and dpkg, and cuts the power, in the middle of installing and undoing. After
 * each hit the same command goes on, and then every package is wholly old or wholly new, and
 * report, journal and dpkg agree. {@code -Dfleetmend.kills=N} sets how many, {@code
 * -Dfleetmend.seed=N} repeats a run.
 */
@Tag("lab")
@Tag("soak")
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class KillTest {
  private static final List<String> PACKAGES = List.of("lab-k1", "lab-k2", "lab-k3", "lab-k4");
  private static final List<String> PHASES =
      List.of("PLANNED", "FETCHED", "VAULTED", "UNPACKING", "CONFIGURING", "VERIFYING", "UNDOING");
  private static final List<String> LONG = List.of("UNPACKING", "CONFIGURING", "UNDOING");
  private static final Map<String, String> NOT_IN =
      Map.of("Install", "UNDOING", "Uninstall", "UNPACKING");
  private static final String POWER = "power";
  private static final List<String> VICTIMS = List.of("java", "apt-get", "dpkg", POWER);

  private final long seed = Long.getLong("fleetmend.seed", System.nanoTime());
  private final Random random = new Random(seed);
  private final Map<String, Integer> hits = new TreeMap<>();
  private Lab lab;
  private SyntheticArchive archive;

  @BeforeAll
  void open(@TempDir Path folder) {
    Lab.obstacle().ifPresent(Assumptions::abort);
    lab = Lab.open(folder.resolve("lab"));
    archive = lab.syntheticArchive();
    for (int i = 0; i < PACKAGES.size(); i++) {
      offer(Suite.RELEASE, i, "1.0");
      offer(Suite.SECURITY, i, "1.1");
    }
    archive.publish();
  }

  /** A chain, each bound to the one before in the same version, none of them quick. */
  private void offer(Suite suite, int i, String version) {
    Deb deb =
        Deb.of(PACKAGES.get(i), version)
            .withConffile("setting=" + version + "\n")
            .withScript("preinst", "sleep 0.1")
            .withScript("postinst", "sleep 0.2");
    archive.add(
        suite,
        i == 0 ? deb : deb.withField("Depends", PACKAGES.get(i - 1) + " (= " + version + ")"));
  }

  @AfterAll
  void close() {
    System.out.println("COUNTS seed=" + seed + " hits=" + hits);
    if (lab != null) {
      lab.close();
    }
  }

  @Test
  void everyPackageIsWhollyOldOrWhollyNewWhateverIsKilled() throws IOException {
    int kills = Integer.getInteger("fleetmend.kills", 6);
    try (PatchedHost patched = PatchedHost.boot(lab, "killed", BaseRoot.DEBIAN_MINIMAL)) {
      archive.offer(patched.host(), Suite.RELEASE);
      patched.apt("install", PACKAGES.getLast()).orThrow();
      patched.apt("clean").orThrow();
      archive.offer(patched.host(), Suite.values());
      String before = patched.dpkgQuery();
      patched.patch("warm-0", "Operation=Scan").orThrow();

      for (int round = 0; round < kills; round++) {
        through(patched, "install-" + round, "Install", round);
        assertThat(patched.standing()).containsEntry("lab-k4", "1.1 ii");
        through(patched, "uninstall-" + round, "Uninstall", round + 1);
        assertThat(patched.dpkgQuery()).isEqualTo(before);
        patched.host().exec("rm", "-f", "/var/lib/fleetmend/quarantine").orThrow();
        patched.patch("release-" + round, "Operation=Scan").orThrow();
      }
    }
    assertThat(hits).isNotEmpty();
  }

  private void through(PatchedHost patched, String command, String operation, int round)
      throws IOException {
    String[] arguments = {"Operation=" + operation, "RebootOption=NoReboot"};
    List<String> possible = PHASES.stream().filter(p -> !p.equals(NOT_IN.get(operation))).toList();
    String phase = possible.get(random.nextInt(possible.size()));
    String victim = LONG.contains(phase) ? VICTIMS.get(round % VICTIMS.size()) : early(round);
    Process run = patched.command(command, arguments).start();
    hit(patched, run, phase, victim);
    run.destroyForcibly();
    ExecResult end = patched.patch(command, arguments);
    for (int tries = 0; tries < 3 && end.stdout().isEmpty(); tries++) {
      end = patched.patch(command, arguments);
    }
    agree(patched, end, "seed " + seed + ", " + victim + " at " + phase + ", " + end);
  }

  /** Where apt does not run yet, or no longer. */
  private static String early(int round) {
    return round % 2 == 0 ? "java" : POWER;
  }

  /** Waits for the phase, a little longer, and kills; a run may be over before. */
  private void hit(PatchedHost patched, Process run, String phase, String victim) {
    String earlier = patched.phase();
    try {
      Awaitility.await()
          .atMost(Duration.ofSeconds(40))
          .pollInterval(Duration.ofMillis(2))
          .until(() -> !run.isAlive() || reached(patched.phase(), earlier, phase));
    } catch (ConditionTimeoutException e) {
      return;
    }
    if (!run.isAlive()) {
      return;
    }
    long end =
        System.nanoTime() + random.nextLong(LONG.contains(phase) ? 600_000_000L : 40_000_000L);
    while (System.nanoTime() < end) {
      Thread.onSpinWait();
    }
    String at = patched.phase();
    boolean killed = true;
    if (victim.equals(POWER)) {
      patched.host().powerCut();
      patched.host().boot();
    } else {
      killed = patched.kill(victim) > 0;
      if (!victim.equals("java")) {
        finish(run);
      }
    }
    if (killed) {
      hits.merge(at + " " + victim, 1, Integer::sum);
    }
  }

  private static void finish(Process run) {
    Awaitility.await().atMost(Duration.ofMinutes(2)).until(() -> !run.isAlive());
  }

  private static boolean reached(String now, String earlier, String wanted) {
    return !now.isEmpty() && !now.equals(earlier) && (now.equals(wanted) || !PHASES.contains(now));
  }

  /** What was reported stands, and nothing else does. */
  private static void agree(PatchedHost patched, ExecResult end, String context)
      throws IOException {
    Map<String, String> standing = patched.standing();
    List<String> reported = PatchedHost.reported(end.stdout());
    assertThat(reported).as(context).isNotEmpty();
    List<String> wrong = new ArrayList<>();
    for (String line : reported) {
      String[] word = line.split(" ", -1);
      String now = standing.getOrDefault(word[1], "null");
      String should =
          switch (word[4]) {
            case "DONE" -> word[3];
            case "UNCHANGED" -> word[2];
            default -> "";
          };
      if (should.isEmpty()
          ? !now.equals(word[2] + " ii") && !now.equals(word[3] + " ii")
          : !now.equals(should + " ii")) {
        wrong.add(line + " but stands at " + now);
      }
    }
    assertThat(wrong).as(context).isEmpty();
    assertThat(end.stdout()).as(context).doesNotContain("UNFINISHED");
    assertThat(patched.phase()).as(context).isEqualTo("DONE");
  }
}
