package dev.fleetmend.e2e.rpm;

import static dev.fleetmend.lab.RpmRepository.BASE;
import static dev.fleetmend.lab.RpmRepository.UPDATES;
import static org.assertj.core.api.Assertions.assertThat;

import dev.fleetmend.e2e.apt.PatchedHost;
import dev.fleetmend.lab.ExecResult;
import dev.fleetmend.lab.Lab;
import dev.fleetmend.lab.LabHost;
import dev.fleetmend.lab.ModuleStream;
import dev.fleetmend.lab.Rpm;
import dev.fleetmend.lab.RpmArchive;
import dev.fleetmend.lab.RpmFamily;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/** Patches of module streams, on a host of one of the families that have them. */
@Tag("lab")
@Tag("slow")
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
public abstract class ModulesCases {
  private final RpmFamily family;
  private Lab lab;

  protected ModulesCases(RpmFamily family) {
    this.family = family;
  }

  @BeforeAll
  void open(@TempDir Path folder) {
    Lab.rpmObstacle().ifPresent(Assumptions::abort);
    lab = Lab.open(folder.resolve("lab"));
    lab.obstacle(family.root()).ifPresent(Assumptions::abort);
  }

  @AfterAll
  void close() {
    if (lab != null) {
      lab.close();
    }
  }

  @Test
  void onlyPatchesOfTheEnabledStreamGoInAndComeOutAgain() {
    RpmArchive archive = archive();
    String name = "modules-" + RpmPatchedHost.name(family);
    try (PatchedHost patched = PatchedHost.boot(lab, name, family.root())) {
      LabHost host = patched.host();
      archive.offer(host, BASE);
      host.exec("dnf", "-q", "-y", "module", "enable", "lab-web:1").orThrow();
      host.exec("dnf", "-q", "-y", "install", "lab-web", "lab-plain").orThrow();
      archive.offer(host, BASE, UPDATES);
      String packages = packages(host);
      String streams = streams(host);

      ExecResult installed =
          patched.patch("install-1", "Operation=Install", "RebootOption=NoReboot");

      assertThat(installed.exitCode()).as(installed.toString()).isZero();
      assertThat(PatchedHost.reported(installed.stdout()))
          .containsExactlyInAnyOrder(
              "Install lab-web 1.0-1 1.1-1 DONE",
              "Install lab-runtime null 3.0-1 DONE",
              "Install lab-plain 1.0-1 1.1-1 DONE");

      archive.offer(host, UPDATES);
      host.exec("dnf", "-q", "clean", "all").orThrow();
      ExecResult rolledBack = patched.patch("uninstall-1", "Operation=Uninstall");

      assertThat(rolledBack.exitCode()).as(rolledBack.toString()).isZero();
      assertThat(packages(host)).isEqualTo(packages);
      assertThat(streams(host)).isEqualTo(streams);
      assertThat(host.exec("dnf", "-q", "check-update").stdout()).doesNotContain("lab-web");
    }
  }

  /** Every newer version but 1.1 is of a stream that is not enabled, or of none. */
  private RpmArchive archive() {
    Rpm fixed = Rpm.of("lab-web", "1.1").withTag("Requires", "lab-runtime");
    return lab.rpmArchive(family)
        .add(BASE, ModuleStream.of("lab-web", "1", 1, Rpm.of("lab-web", "1.0")))
        .add(BASE, ModuleStream.of("lab-web", "2", 1, Rpm.of("lab-web", "2.0")))
        .add(BASE, Rpm.of("lab-plain", "1.0"))
        .add(UPDATES, ModuleStream.of("lab-web", "1", 2, fixed))
        .add(UPDATES, ModuleStream.of("lab-web", "2", 2, Rpm.of("lab-web", "2.1")))
        .add(
            UPDATES,
            ModuleStream.of("lab-runtime", "3", 1, Rpm.of("lab-runtime", "3.0")).asDefault())
        .add(UPDATES, ModuleStream.of("lab-plain", "5", 1, Rpm.of("lab-plain", "5.0")))
        .add(UPDATES, Rpm.of("lab-plain", "1.1"))
        .add(UPDATES, Rpm.of("lab-web", "9.0"))
        .publish();
  }

  private static String packages(LabHost host) {
    return host.exec("sh", "-c", "rpm -qa | sort").orThrow();
  }

  private String streams(LabHost host) {
    String noted =
        family == RpmFamily.DNF ? "/etc/dnf/modules.d" : "/usr/lib/sysimage/libdnf5/modules.toml";
    return host.exec("sh", "-c", "grep -r . " + noted + " | sort").orThrow();
  }
}
