package dev.fleetmend.node.rpm;

import dev.fleetmend.node.host.OsRelease;
import dev.fleetmend.patching.fact.Platform;
import java.util.Locale;

/** SSM's words for operating systems that yum and dnf patch. */
final class RpmPlatform {
  private RpmPlatform() {}

  static Platform of(OsRelease release, String arch) {
    String version = release.version();
    return switch (release.id()) {
      case "rhel" -> platform("REDHAT_ENTERPRISE_LINUX", "RedhatEnterpriseLinux", release, arch);
      case "centos" -> platform("CENTOS", "CentOS", release, arch);
      case "rocky" -> platform("ROCKY_LINUX", "RockyLinux", release, arch);
      case "almalinux" -> platform("ALMA_LINUX", "AlmaLinux", release, arch);
      case "ol" -> platform("ORACLE_LINUX", "OracleLinux", release, arch);
      case "amzn" -> platform(amazon(version), "AmazonLinux", release, arch);
      default -> platform(release.id().toUpperCase(Locale.ROOT), release.name(), release, arch);
    };
  }

  private static String amazon(String version) {
    return version.matches("201\\d\\..*") ? "AMAZON_LINUX" : "AMAZON_LINUX_" + version;
  }

  private static Platform platform(
      String operatingSystem, String product, OsRelease release, String arch) {
    return new Platform(
        operatingSystem, product + release.version(), release.name(), release.version(), arch);
  }
}
