package dev.fleetmend.lab;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

@Tag("lab")
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class LabTest {
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
  void aHostIsDebianWithItsOwnNameProcessesAndNetwork() {
    try (LabHost host = lab.boot("plain", BaseRoot.DEBIAN_MINIMAL)) {
      assertThat(host.exec("hostname").stdout()).isEqualTo("plain\n");
      assertThat(host.exec("cat", "/etc/os-release").stdout()).contains("ID=debian");
      assertThat(host.exec("sh", "-c", "ls -d /proc/[0-9]* | wc -l").stdout().strip().length())
          .isEqualTo(1);
      assertThat(host.exec("false").exitCode()).isEqualTo(1);
      assertThat(host.command("cat").stdin("through").env("A", "b").run().stdout())
          .isEqualTo("through");
      assertThat(host.command("sh", "-c", "echo $A").env("A", "b c").run().stdout())
          .isEqualTo("b c\n");
      assertThat(host.exec("sh", "-c", "echo 1 >/proc/sys/kernel/panic").exitCode()).isNotZero();
    }
  }

  @Test
  void aRebootKeepsTheDiskAndNothingElse() {
    try (LabHost host = lab.boot("again", BaseRoot.DEBIAN_MINIMAL)) {
      String bootId = host.read("/proc/sys/kernel/random/boot_id");
      String machineId = host.read("/etc/machine-id");
      host.write("/run/marker", "gone");
      host.write("/var/marker", "kept");
      host.reboot();
      assertThat(host.read("/proc/sys/kernel/random/boot_id")).isNotEqualTo(bootId);
      assertThat(host.read("/etc/machine-id")).isEqualTo(machineId);
      assertThat(host.path("/run/marker")).doesNotExist();
      assertThat(host.read("/var/marker")).isEqualTo("kept");
      assertThat(Double.parseDouble(host.exec("cut", "-d.", "-f1", "/proc/uptime").stdout()))
          .isLessThan(60);
    }
  }

  @Test
  void aRebootAskedForInsideHappens() {
    try (LabHost host = lab.boot("inside", BaseRoot.DEBIAN_MINIMAL)) {
      long before = host.pid();
      host.exec("shutdown", "-r", "now");
      host.awaitReboot(before);
      assertThat(host.exec("true").exitCode()).isZero();
    }
  }

  @Test
  void aPowerCutKillsEverythingUntilTheNextBoot() throws Exception {
    try (LabHost host = lab.boot("cut", BaseRoot.DEBIAN_MINIMAL)) {
      Process running = host.command("sleep", "600").start();
      host.powerCut();
      assertThat(running.waitFor()).isNotZero();
      assertThat(host.running()).isFalse();
      assertThatThrownBy(host::pid).hasMessageContaining("is off");
      host.boot();
      assertThat(host.exec("true").exitCode()).isZero();
    }
  }

  @Test
  void hostsReachEachOtherUntilOneIsCutOff() {
    try (LabHost one = lab.boot("one", BaseRoot.DEBIAN_MINIMAL);
        LabHost two = lab.boot("two", BaseRoot.DEBIAN_MINIMAL)) {
      assertThat(connect(one, two)).isEqualTo(7); // refused: nobody listens, but the host is there
      two.cutNetwork();
      assertThat(connect(one, two)).isEqualTo(28); // timed out
      two.reboot();
      assertThat(connect(one, two)).isEqualTo(28);
      two.joinNetwork();
      assertThat(connect(one, two)).isEqualTo(7);
    }
  }

  @Test
  void aFolderOfTheMachineIsSeenButNotWritten(@TempDir Path folder) throws Exception {
    Path image = Files.createDirectories(folder.resolve("image"));
    Files.writeString(image.resolve("file"), "seen");
    try (LabHost host = lab.boot("folders", BaseRoot.DEBIAN_MINIMAL, Map.of("/opt/agent", image))) {
      assertThat(host.read("/opt/agent/file")).isEqualTo("seen");
      assertThat(host.exec("touch", "/opt/agent/other").exitCode()).isNotZero();
    }
    assertThat(image.resolve("file")).exists();
  }

  private static int connect(LabHost from, LabHost to) {
    return from.exec("curl", "-s", "--connect-timeout", "2", "http://" + to.address() + ":9/")
        .exitCode();
  }
}
