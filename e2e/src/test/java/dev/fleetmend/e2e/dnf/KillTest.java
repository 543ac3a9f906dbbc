package dev.fleetmend.e2e.dnf;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fleetmend.e2e.apt.PatchedHost;
import dev.fleetmend.lab.BaseRoot;
import dev.fleetmend.lab.ExecResult;
import dev.fleetmend.lab.Lab;
import dev.fleetmend.lab.RpmArchive;
import dev.fleetmend.lab.RpmFamily;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Random;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/** Kills of dnf, rpm, the agent and the host itself in the middle of a transaction. */
@Tag("lab")
@Tag("slow")
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class KillTest {
  private static final String PLAN = "plan=lab-cli:1.2-1,lab-slow:1.1-1,lab-grow:1.1-1";

  /** Whether a package's script runs. */
  private static final String SCRIPT_RUNS = "grep -aqs rpm-tmp /proc/[0-9]*/cmdline";

  private static final String KILL =
      "for p in /proc/[0-9]*; do tr '\\0' ' ' <$p/cmdline 2>/dev/null | grep -q \"$1\""
          + " && kill -9 ${p#/proc/}; done; true";

  private Lab lab;
  private RpmArchive archive;

  /** What is killed. */
  enum Victim {
    PACKAGE_MANAGER,
    AGENT,
    POWER
  }

  @BeforeAll
  void open(@TempDir Path folder) {
    Lab.rpmObstacle().ifPresent(Assumptions::abort);
    lab = Lab.open(folder.resolve("lab"));
    archive = lab.wellKnownRpmArchive(RpmFamily.DNF);
  }

  @AfterAll
  void close() {
    if (lab != null) {
      lab.close();
    }
  }

  @Test
  void killedEveryPackageIsWhollyNewOrWhollyOldInTheEnd() throws IOException {
    killInTurn("killed", List.of(Victim.POWER, Victim.PACKAGE_MANAGER, Victim.AGENT), 1);
  }

  @Test
  @Tag("soak")
  void killedManyTimesEveryPackageIsWhollyNewOrWhollyOldInTheEnd() throws IOException {
    killInTurn("killed-often", List.of(Victim.values()), Integer.getInteger("fleetmend.kills", 20));
  }

  private void killInTurn(String name, List<Victim> victims, int times) throws IOException {
    long seed = Long.getLong("fleetmend.seed", System.nanoTime());
    Random random = new Random(seed);
    int kills = 0;
    try (PatchedHost patched = PatchedHost.boot(lab, name, BaseRoot.RPM_DNF)) {
      archive.installReleased(patched.host());
      String before = packages(patched);
      for (int i = 0; i < times * victims.size(); i++) {
        Victim victim = victims.get(i % victims.size());
        String context = "seed " + seed + ", " + victim + " in turn " + i;
        patched.host().exec("rm", "-f", "/var/lib/fleetmend/quarantine").orThrow();
        String[] install = {"Operation=Install", "RebootOption=NoReboot", PLAN};
        Process running = patched.command("install-" + i, install).start();
        awaitScript(patched);
        kill(patched, victim);
        end(running);
        kills++;
        resume(patched, "install-" + i, install, context);
        assertThat(packages(patched))
            .as(context)
            .contains("lab-cli-1.2-1.noarch", "lab-slow-1.1-1.noarch", "lab-extra-1.0-1.noarch")
            .doesNotContain("lab-cli-1.0", "lab-slow-1.0", "lab-grow-1.0");

        String[] undo = {"Operation=Uninstall", PLAN};
        Process undoing = patched.command("uninstall-" + i, undo).start();
        Awaitility.await()
            .atMost(Duration.ofMinutes(2))
            .pollInterval(Duration.ofMillis(20))
            .until(() -> patched.phase().equals("UNDOING") || !undoing.isAlive());
        rest(random.nextInt(150));
        kill(patched, victim);
        end(undoing);
        kills++;
        resume(patched, "uninstall-" + i, undo, context);
        assertThat(packages(patched)).as(context).isEqualTo(before);
      }
    }
    System.out.println("KILLS dnf seed=" + seed + " " + kills);
  }

  private static void awaitScript(PatchedHost patched) {
    Awaitility.await()
        .atMost(Duration.ofMinutes(2))
        .pollInterval(Duration.ofMillis(50))
        .until(() -> patched.host().exec("sh", "-c", SCRIPT_RUNS).exitCode() == 0);
  }

  private static void kill(PatchedHost patched, Victim victim) {
    switch (victim) {
      case POWER -> patched.host().reboot();
      case PACKAGE_MANAGER -> patched.host().exec("sh", "-c", KILL, "sh", "bin/dnf -y\\|^rpm -");
      case AGENT -> patched.host().exec("sh", "-c", KILL, "sh", "^/opt/java");
    }
  }

  /** Whatever is left of it ends by itself; the journal tells the rest. */
  private static void end(Process process) throws IOException {
    process.getInputStream().readAllBytes();
  }

  /** The moment of a kill is to be anywhere; nothing is waited for. */
  private static void rest(int millis) {
    Awaitility.await().pollDelay(Duration.ofMillis(millis)).until(() -> true);
  }

  private static void resume(
      PatchedHost patched, String command, String[] arguments, String context) {
    ExecResult resumed = patched.patch(command, arguments);
    assertThat(resumed.stdout()).as(context + " " + resumed).doesNotContain("UNFINISHED", "FAILED");
    assertThat(patched.phase()).as(context + " " + resumed).isEqualTo("DONE");
  }

  private static String packages(PatchedHost patched) {
    return patched.host().exec("sh", "-c", "rpm -qa | sort").orThrow();
  }
}
