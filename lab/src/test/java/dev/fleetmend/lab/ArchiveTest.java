package dev.fleetmend.lab;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

@Tag("lab")
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class ArchiveTest {
  private Lab lab;

  @BeforeAll
  void open(@TempDir Path folder) {
    Lab.obstacle().ifPresent(Assumptions::abort);
    lab = Lab.open(folder.resolve("lab"));
  }

  @AfterAll
  void close() {
    if (lab != null) {
      lab.close();
    }
  }

  @Test
  void theWellKnownPackagesBehaveAsTheyAreNamed() {
    SyntheticArchive archive = lab.wellKnownArchive();
    try (LabHost host = lab.boot("synthetic", BaseRoot.DEBIAN_MINIMAL)) {
      archive.offer(host, Suite.RELEASE);
      apt(host, "install", "lab-cli", "lab-broken", "lab-mask", "lab-reboot", "lab-grow").orThrow();
      archive.offer(host, Suite.values());

      assertThat(host.exec("apt-get", "-s", "-qq", "dist-upgrade").stdout())
          .containsPattern("Inst lab-cli .*Debian-Security")
          .containsPattern("Inst lab-extra .*Debian-Security")
          .doesNotContainPattern("Inst lab-mask .*Debian-Security");
      assertThat(apt(host, "install", "lab-broken").exitCode()).isEqualTo(100);
      assertThat(status(host, "lab-broken")).isEqualTo("1.1 iF");
      apt(host, "install", "--allow-downgrades", "lab-broken=1.0").orThrow();
      apt(host, "install", "lab-reboot").orThrow();
      assertThat(host.read("/run/reboot-required.pkgs")).isEqualTo("lab-reboot\n");
      apt(host, "install", "lab-cli").orThrow();
      assertThat(host.read("/etc/lab-app.conf")).isEqualTo("setting=1.2\n");
    }
  }

  @Test
  void anArchiveMovesOnUnderHttpToo() {
    SyntheticArchive archive = lab.syntheticArchive();
    archive.add(Suite.RELEASE, Deb.of("lab-moving", "1.0")).publish();
    try (ArchiveServer server = lab.serveArchives(80);
        LabHost host = lab.boot("moving", BaseRoot.DEBIAN_MINIMAL)) {
      host.write("/etc/apt/sources.list", archive.sources(server.url(), Suite.RELEASE));
      apt(host, "update").orThrow();
      apt(host, "install", "lab-moving").orThrow();

      archive.drop(Suite.RELEASE, "lab-moving", "1.0");
      archive.add(Suite.RELEASE, Deb.of("lab-moving", "1.1")).publish();
      apt(host, "update").orThrow();
      apt(host, "install", "lab-moving").orThrow();
      assertThat(status(host, "lab-moving")).isEqualTo("1.1 ii");
      apt(host, "clean").orThrow();
      assertThat(apt(host, "install", "--allow-downgrades", "lab-moving=1.0").exitCode())
          .isEqualTo(100);

      host.cutNetwork();
      assertThat(apt(host, "-o", "Acquire::http::Timeout=2", "update").stderr())
          .contains("Could not connect");
    }
  }

  @Test
  void aServerHasRealUpdatesOutstandingAndCanTakeThemWithoutANetwork() {
    try (LabHost host = lab.boot("server", BaseRoot.DEBIAN_SERVER)) {
      String plan = host.exec("apt-get", "-s", "-qq", "dist-upgrade").orThrow();
      String[] first =
          plan.lines()
              .filter(line -> line.matches("Inst .* \\[.*Debian-Security.*"))
              .findFirst()
              .orElseThrow()
              .split("[ \\[\\]()]+", -1);
      String name = first[1];
      String before = first[2];
      String after = first[3];
      assertThat(host.exec("ls", "/var/cache/apt/archives").stdout()).doesNotContain(".deb");

      apt(host, "install", "--only-upgrade", name).orThrow();
      assertThat(status(host, name)).isEqualTo(after + " ii");
      apt(host, "clean").orThrow();
      lab.debianArchive().drop(name, before);
      apt(host, "update").orThrow();
      assertThat(host.exec("apt-cache", "policy", name).stdout())
          .contains(after)
          .doesNotContain(before + " 500");
    }
  }

  private static ExecResult apt(LabHost host, String... arguments) {
    String[] command = new String[arguments.length + 3];
    command[0] = "apt-get";
    command[1] = "-y";
    command[2] = "-q";
    System.arraycopy(arguments, 0, command, 3, arguments.length);
    return host.command(command).env("DEBIAN_FRONTEND", "noninteractive").run();
  }

  private static String status(LabHost host, String name) {
    return host.exec("dpkg-query", "-W", "-f", "${Version} ${db:Status-Abbrev}", name)
        .orThrow()
        .strip();
  }
}
