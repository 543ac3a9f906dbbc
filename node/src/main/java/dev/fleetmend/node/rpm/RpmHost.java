package dev.fleetmend.node.rpm;

import dev.fleetmend.node.host.BootId;
import dev.fleetmend.patching.fact.Boot;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collection;
import java.util.List;
import java.util.Set;

/** The boot that a host with rpm packages is in, and whether it needs another. */
public final class RpmHost {
  /** What comes into use only when a host boots, as the needs-restarting command of dnf has it. */
  private static final Set<String> USED_FROM_BOOT =
      Set.of(
          "kernel",
          "kernel-core",
          "kernel-rt",
          "kernel-uek",
          "kernel-uek-core",
          "kernel-default",
          "glibc",
          "linux-firmware",
          "systemd",
          "dbus",
          "dbus-broker",
          "dbus-daemon",
          "microcode_ctl");

  private static final Path ASKED = Path.of("/run/reboot-needed");

  private RpmHost() {}

  /**
   * The boot that this host is in.
   *
   * @param asking the packages whose notices ask for a reboot in the version that is installed
   */
  public static Boot boot(Collection<RpmPackage> installed, Set<String> asking) throws IOException {
    long bootTime = bootTime();
    List<String> by = newerThanBoot(installed, asking, bootTime);
    boolean required = !by.isEmpty() || Files.exists(ASKED);
    return new Boot(BootId.ofKernel().current(), bootTime, required, by);
  }

  /** By the time of their installation, which no change of the clock's /proc entries moves. */
  static List<String> newerThanBoot(
      Collection<RpmPackage> installed, Set<String> asking, long bootTime) {
    return installed.stream()
        .filter(one -> one.installedAt() > bootTime)
        .map(RpmPackage::name)
        .filter(name -> USED_FROM_BOOT.contains(name) || asking.contains(name))
        .distinct()
        .sorted()
        .toList();
  }

  /** When this boot began, epoch seconds. */
  static long bootTime() throws IOException {
    try (var lines = Files.lines(Path.of("/proc/stat"))) {
      return lines
          .filter(line -> line.startsWith("btime "))
          .mapToLong(line -> Long.parseLong(line.substring("btime ".length()).strip()))
          .findFirst()
          .orElse(0);
    }
  }
}
