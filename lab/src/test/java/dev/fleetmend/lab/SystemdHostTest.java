package dev.fleetmend.lab;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@Tag("lab")
class SystemdHostTest {
  @Test
  void unitsRunAndARebootIsReal(@TempDir Path folder) {
    Lab.obstacle().ifPresent(Assumptions::abort);
    try (Lab lab = Lab.open(folder.resolve("lab"))) {
      LabHost host = lab.boot("systemd", BaseRoot.DEBIAN_SYSTEMD);
      assertThat(host.exec("cat", "/proc/1/comm").stdout()).isEqualTo("systemd\n");
      assertThat(host.exec("systemd-run", "--wait", "--unit=probe", "touch", "/var/ran").exitCode())
          .isZero();
      assertThat(host.path("/var/ran")).exists();

      LabHost other = lab.boot("other", BaseRoot.DEBIAN_MINIMAL);
      String bootId = host.read("/proc/sys/kernel/random/boot_id");
      long before = host.pid();
      host.exec("systemctl", "--no-block", "reboot");
      host.awaitReboot(before);
      assertThat(host.read("/proc/sys/kernel/random/boot_id")).isNotEqualTo(bootId);
      assertThat(host.path("/var/ran")).exists();
      assertThat(other.exec("curl", "-s", "http://" + host.address() + ":9/").exitCode())
          .isEqualTo(7);

      host.powerCut();
      assertThat(host.running()).isFalse();
      host.boot();
      assertThat(host.exec("systemctl", "is-active", "dbus.socket").stdout()).isEqualTo("active\n");
    }
  }
}
