package dev.fleetmend.node.apt;

import dev.fleetmend.node.manager.PackageId;
import dev.fleetmend.patching.fact.PackageVersion;
import java.util.regex.Pattern;

/** Packages as apt's command line takes them. Names that apt could take for options are refused. */
final class AptNames {
  private static final Pattern NAME = Pattern.compile("[a-z0-9][a-z0-9+.-]{0,200}");
  private static final Pattern ARCH = Pattern.compile("[a-z0-9][a-z0-9-]{0,40}");
  private static final Pattern VERSION = Pattern.compile("[A-Za-z0-9][A-Za-z0-9.+~:-]{0,250}");

  private AptNames() {}

  static boolean valid(PackageVersion version) {
    return NAME.matcher(version.name()).matches()
        && ARCH.matcher(version.arch()).matches()
        && VERSION.matcher(version.version()).matches();
  }

  /** {@code name:arch=version}. */
  static String exact(PackageVersion version) {
    if (!valid(version)) {
      throw new IllegalArgumentException("not a package version: " + version);
    }
    return of(PackageId.of(version)) + "=" + version.version();
  }

  /** {@code name:arch}. */
  static String of(PackageId id) {
    return id.arch().equals("all") ? id.name() : id.name() + ":" + id.arch();
  }
}
