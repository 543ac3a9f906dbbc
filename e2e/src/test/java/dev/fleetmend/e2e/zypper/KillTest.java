package dev.fleetmend.e2e.zypper;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.fleetmend.e2e.apt.HostProcesses;
import dev.fleetmend.e2e.apt.PatchedHost;
import dev.fleetmend.lab.BaseRoot;
import dev.fleetmend.lab.ExecResult;
import dev.fleetmend.lab.Lab;
import dev.fleetmend.lab.Rpm;
import dev.fleetmend.lab.RpmArchive;
import dev.fleetmend.lab.RpmFamily;
import dev.fleetmend.lab.RpmRepository;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Kills in patch runs with zypper, each while a package's script stands at a gate. */
@Tag("lab")
@Tag("slow")
class KillTest {
  private static final List<String> PACKAGES = List.of("lab-k1", "lab-k2", "lab-k3");
  private static final Duration PATIENCE = Duration.ofMinutes(3);
  private static final String[] INSTALL = {
    "Operation=Install",
    "RebootOption=NoReboot",
    "plan=" + String.join(":1.1-1,", PACKAGES) + ":1.1-1" // what was held back before too
  };
  private static final String[] UNINSTALL = {"Operation=Uninstall"};

  /** What is killed. */
  private enum Victim {
    /** zypper and the rpm below it; the worker goes on. */
    PACKAGE_MANAGER,
    /** Agent and worker; what they have started goes on. */
    AGENT,
    POWER
  }

  @Test
  void everyPackageIsWhollyOldOrWhollyNewAfterRecovery(@TempDir Path folder) throws IOException {
    Lab.rpmObstacle().ifPresent(Assumptions::abort);
    try (Lab lab = Lab.open(folder.resolve("lab"));
        PatchedHost patched = PatchedHost.boot(lab, "killed", BaseRoot.RPM_ZYPPER)) {
      RpmArchive archive = archive(lab);
      archive.installReleased(patched.host());

      through(patched, "install-1", Victim.PACKAGE_MANAGER, "1.1", INSTALL);
      through(patched, "uninstall-1", Victim.POWER, "1.0", UNINSTALL);
      archive.offer(patched.host(), RpmRepository.UPDATES); // the archive moves on
      patched.host().exec("rm", "/var/lib/fleetmend/quarantine").orThrow();
      through(patched, "install-2", Victim.AGENT, "1.1", INSTALL);
      through(patched, "uninstall-2", Victim.PACKAGE_MANAGER, "1.0", UNINSTALL);
    }
  }

  private static RpmArchive archive(Lab lab) {
    RpmArchive archive = lab.rpmArchive(RpmFamily.ZYPPER);
    for (int i = 0; i < PACKAGES.size(); i++) {
      archive.add(RpmRepository.BASE, rpm(i, "1.0"));
      archive.add(RpmRepository.UPDATES, rpm(i, "1.1"));
    }
    return archive.publish();
  }

  /** Each bound to the one before in the same version. */
  private static Rpm rpm(int i, String version) {
    String name = PACKAGES.get(i);
    Rpm rpm =
        Rpm.of(name, version)
            .withConfigNoReplace("setting=" + version + "\n")
            .withScript(
                "post",
                """
                if [ -e /run/gate-%1$s ]; then
                  : >/run/at-%1$s
                  while [ -e /run/gate-%1$s ]; do sleep 0.02; done
                  rm -f /run/at-%1$s
                fi"""
                    .formatted(name));
    return i == 0 ? rpm : rpm.withTag("Requires", PACKAGES.get(i - 1) + " = " + version);
  }

  private static void through(
      PatchedHost patched, String command, Victim victim, String version, String... arguments)
      throws IOException {
    String context = victim + " in " + command;
    Path gate = patched.host().path("/run/gate-lab-k2");
    Path there = patched.host().path("/run/at-lab-k2");
    patched.host().write("/run/gate-lab-k2", "");
    Process run = patched.command(command, arguments).start();
    await(context)
        .atMost(PATIENCE)
        .failFast("the run is over", () -> !run.isAlive())
        .until(() -> Files.exists(there));

    String said = "";
    switch (victim) {
      case PACKAGE_MANAGER -> {
        kill(patched, "zypper");
        kill(patched, "rpm");
        Files.delete(gate);
        said = new String(run.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
      }
      case AGENT -> {
        kill(patched, "java");
        Files.delete(gate);
      }
      case POWER -> {
        patched.host().powerCut();
        patched.host().boot();
      }
    }
    for (int tries = 0; tries < 3 && PatchedHost.reported(said).isEmpty(); tries++) {
      ExecResult end = patched.patch(command, arguments);
      context += ", " + end;
      said = end.stdout();
    }
    agree(patched, said, context, version);
  }

  private static void kill(PatchedHost patched, String name) {
    List<ProcessHandle> processes = HostProcesses.find(patched.host(), name, "");
    processes.forEach(ProcessHandle::destroyForcibly);
    await().atMost(PATIENCE).until(() -> processes.stream().noneMatch(ProcessHandle::isAlive));
  }

  /** What was reported stands, and nothing else does. */
  private static void agree(PatchedHost patched, String said, String context, String version) {
    List<String> stand = new ArrayList<>();
    List<String> reported = new ArrayList<>();
    for (String name : PACKAGES) {
      stand.add(name + "-" + version + "-1.noarch");
      reported.add(
          version.equals("1.1")
              ? "Install " + name + " 1.0-1 1.1-1 DONE"
              : "Rollback " + name + " 1.1-1 1.0-1 DONE");
    }
    assertThat(patched.host().exec("sh", "-c", "rpm -qa 'lab-k*' | sort").stdout().lines())
        .as(context)
        .containsExactlyElementsOf(stand);
    assertThat(PatchedHost.reported(said))
        .as(context)
        .containsExactlyInAnyOrderElementsOf(reported);
    assertThat(said).as(context).doesNotContain("UNFINISHED");
    assertThat(patched.phase()).as(context).isEqualTo("DONE");
    assertThat(patched.host().exec("rpm", "-V", "--noconfig", "lab-k1", "lab-k2", "lab-k3"))
        .as(context)
        .extracting(ExecResult::exitCode)
        .isEqualTo(0);
  }
}
