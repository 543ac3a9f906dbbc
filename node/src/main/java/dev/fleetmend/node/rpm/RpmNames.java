package dev.fleetmend.node.rpm;

import dev.fleetmend.node.manager.PackageId;
import dev.fleetmend.patching.fact.PackageVersion;
import dev.fleetmend.patching.version.RpmVersion;
import java.util.regex.Pattern;

/**
 * Packages as rpm's, dnf's and zypper's command lines take them. Names that could be taken for
 * options or patterns are refused.
 */
public final class RpmNames {
  private static final Pattern NAME = Pattern.compile("[A-Za-z0-9_][A-Za-z0-9_.+-]{0,250}");
  private static final Pattern ARCH = Pattern.compile("[a-z0-9_]{1,40}");

  private RpmNames() {}

  /** Whether it can be the name, processor and version of an rpm package. */
  public static boolean valid(PackageVersion version) {
    return NAME.matcher(version.name()).matches()
        && ARCH.matcher(version.arch()).matches()
        && RpmVersion.isValid(version.version());
  }

  /**
   * {@code name-[epoch:]version-release.arch}.
   *
   * @throws IllegalArgumentException when it is no package version
   */
  public static String exact(PackageVersion version) {
    if (!valid(version)) {
      throw new IllegalArgumentException("not a package version: " + version);
    }
    return version.name() + "-" + version.version() + "." + version.arch();
  }

  /**
   * {@code name.arch}.
   *
   * @throws IllegalArgumentException when it is no package
   */
  public static String of(PackageId id) {
    if (!NAME.matcher(id.name()).matches() || !ARCH.matcher(id.arch()).matches()) {
      throw new IllegalArgumentException("not a package: " + id);
    }
    return id.toString();
  }

  /** The name in {@code name-version-release[.arch]}. */
  public static String nameIn(String full) {
    int release = full.lastIndexOf('-');
    int version = release < 1 ? -1 : full.lastIndexOf('-', release - 1);
    return version < 1 ? full : full.substring(0, version);
  }

  /** {@code [epoch:]version-release} of its parts; an epoch of 0 or none is left out. */
  public static String version(String epoch, String version, String release) {
    boolean none = epoch.isEmpty() || epoch.equals("0") || epoch.equals("(none)");
    return (none ? "" : epoch + ":") + version + "-" + release;
  }
}
