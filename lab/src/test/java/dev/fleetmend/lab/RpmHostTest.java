package dev.fleetmend.lab;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

@Tag("lab")
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class RpmHostTest {
  private Lab lab;

  @BeforeAll
  void open(@TempDir Path folder) {
    Lab.rpmObstacle().ifPresent(Assumptions::abort);
    lab = Lab.open(folder.resolve("lab"));
  }

  @AfterAll
  void close() {
    if (lab != null) {
      lab.close();
    }
  }

  @Test
  void dnfTakesTheWellKnownPackagesAsTheyAreNamed() {
    RpmArchive archive = lab.wellKnownRpmArchive(RpmFamily.DNF);
    try (LabHost host = lab.boot("dnf", BaseRoot.RPM_DNF)) {
      assertThat(host.read("/etc/os-release")).contains("ID=\"rocky\"");
      archive.installReleased(host);

      assertThat(dnf(host, "check-update").exitCode()).isEqualTo(100);
      assertThat(dnf(host, "updateinfo", "list", "--security").stdout())
          .containsPattern("RLSA-2026:0002 Critical/Sec. +lab-app-1.2-1.noarch")
          .containsPattern("RLSA-2026:0006 Important/Sec. +lab-mask-1.1-1.noarch")
          .doesNotContain("lab-slow");
      assertThat(dnf(host, "upgrade", "lab-broken").exitCode()).isEqualTo(1);
      assertThat(version(host, "lab-broken")).isEqualTo("1.0");
      dnf(host, "upgrade", "lab-warn", "lab-grow", "lab-old", "kernel").orThrow();
      assertThat(version(host, "lab-warn", "lab-extra", "lab-new", "kernel"))
          .isEqualTo("1.1 1.0 2.0 6.1 6.2");
      assertThat(host.exec("rpm", "-q", "lab-old").exitCode()).isEqualTo(1);
      dnf(host, "remove", "lab-norm");
      assertThat(version(host, "lab-norm")).isEqualTo("1.0");
      host.write("/etc/lab-settings.conf", "setting=mine\n");
      host.write("/etc/lab-app.conf", "setting=mine\n");
      dnf(host, "upgrade", "lab-settings", "lab-app").orThrow();
      assertThat(host.read("/etc/lab-settings.conf.rpmsave")).isEqualTo("setting=mine\n");
      assertThat(host.read("/etc/lab-app.conf.rpmnew")).isEqualTo("setting=1.2\n");
    }
  }

  @Test
  void zypperTakesTheWellKnownPackagesAsPatches() {
    RpmArchive archive = lab.wellKnownRpmArchive(RpmFamily.ZYPPER);
    try (LabHost host = lab.boot("zypper", BaseRoot.RPM_ZYPPER)) {
      assertThat(host.read("/etc/os-release")).contains("ID=\"sles\"");
      archive.installReleased(host);

      assertThat(zypper(host, "patch-check").exitCode()).isEqualTo(101);
      assertThat(zypper(host, "-x", "list-patches").stdout())
          .containsPattern(
              patch("SUSE-15-SP5-2026-2") + " [^>]*category=\"security\" severity=\"critical\"")
          .containsPattern(patch("SUSE-15-SP5-2026-9") + " [^>]*restart=\"true\"")
          .containsPattern(patch("SUSE-15-SP5-2026-11") + " [^>]*category=\"recommended\"");
      zypper(host, "install", "-t", "patch", "SUSE-15-SP5-2026-8").orThrow();
      assertThat(version(host, "lab-good")).isEqualTo("1.1");
      assertThat(zypper(host, "install", "lab-broken-1.1").exitCode()).isNotZero();
      assertThat(version(host, "lab-broken")).isEqualTo("1.0");
      assertThat(zypper(host, "patch", "--with-interactive", "-g", "security").exitCode())
          .isEqualTo(102);
      assertThat(version(host, "lab-cli", "lab-extra", "kernel-default"))
          .isEqualTo("1.2 1.0 6.1 6.2");
    }
  }

  @Test
  void anArchiveMovesOn() {
    RpmArchive archive = lab.rpmArchive(RpmFamily.DNF);
    archive.add(RpmRepository.BASE, Rpm.of("lab-moving", "1.0")).publish();
    try (ArchiveServer server = lab.serveArchives(80);
        LabHost host = lab.boot("moving", BaseRoot.RPM_DNF)) {
      archive.offer(host, server.url(), RpmRepository.BASE);
      dnf(host, "install", "lab-moving").orThrow();

      archive.drop(RpmRepository.BASE, "lab-moving", "1.0");
      archive.add(RpmRepository.BASE, Rpm.of("lab-moving", "1.1")).publish();
      archive.refresh(host);
      dnf(host, "upgrade", "lab-moving").orThrow();
      assertThat(version(host, "lab-moving")).isEqualTo("1.1");
      dnf(host, "clean", "packages").orThrow();
      assertThat(dnf(host, "downgrade", "lab-moving-1.0").exitCode()).isEqualTo(1);
    }
  }

  private static String patch(String id) {
    return "name=\"" + Pattern.quote(id) + "\"";
  }

  private static ExecResult dnf(LabHost host, String... arguments) {
    return run(host, new String[] {"dnf", "-q", "-y"}, arguments);
  }

  private static ExecResult zypper(LabHost host, String... arguments) {
    return run(host, new String[] {"zypper", "-nq"}, arguments);
  }

  private static ExecResult run(LabHost host, String[] program, String... arguments) {
    String[] command = new String[program.length + arguments.length];
    System.arraycopy(program, 0, command, 0, program.length);
    System.arraycopy(arguments, 0, command, program.length, arguments.length);
    return host.exec(command);
  }

  private static String version(LabHost host, String... names) {
    String[] command = {"rpm", "-q", "--qf", "%{VERSION} "};
    return run(host, command, names).orThrow().strip();
  }
}
