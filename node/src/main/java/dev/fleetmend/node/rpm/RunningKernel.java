package dev.fleetmend.node.rpm;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * The kernel that runs.
 *
 * @param release as {@code uname -r} says, such as {@code 5.14.0-503.el9.x86_64}
 */
record RunningKernel(String release) {
  static RunningKernel ofThisHost() {
    try {
      return new RunningKernel(Files.readString(Path.of("/proc/sys/kernel/osrelease")).strip());
    } catch (IOException e) {
      return new RunningKernel("");
    }
  }

  /** Whether the package is of it. */
  boolean is(RpmPackage one) {
    String version = one.version().substring(one.version().indexOf(':') + 1);
    return release.equals(version + "." + one.arch()) || release.equals(version);
  }
}
