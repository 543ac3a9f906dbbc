package dev.fleetmend.node.apt;

import dev.fleetmend.patching.fact.OfferedVersion;
import dev.fleetmend.patching.fact.PackageVersion;

/** How apt names the package files that it downloads. */
final class DebFiles {
  private DebFiles() {}

  static String name(PackageVersion version) {
    return name(version.name(), version.version(), version.arch());
  }

  static String name(OfferedVersion version) {
    return name(version.name(), version.version(), version.arch());
  }

  private static String name(String name, String version, String arch) {
    return name + "_" + version.replace("%", "%25").replace(":", "%3a") + "_" + arch + ".deb";
  }
}
