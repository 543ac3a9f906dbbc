package dev.fleetmend.node.host;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** The kernel's id of the boot that the host is in. */
public interface BootId {
  /** A UUID, another one after each boot. */
  String current() throws IOException;

  /** The running kernel's. */
  static BootId ofKernel() {
    return () -> Files.readString(Path.of("/proc/sys/kernel/random/boot_id")).strip();
  }
}
