package dev.fleetmend.patching.decision;

import dev.fleetmend.patching.fact.OfferedVersion;
import org.jspecify.annotations.Nullable;

/**
 * One entry of an InstallOverrideList.
 *
 * @param id {@code name.arch}; {@code *} stands for anything
 * @param title {@code name.arch:version}; {@code *} stands for anything; null where any version
 *     will do
 */
public record InstallOverride(String id, @Nullable String title) {

  /** Whether the entry means the version. */
  boolean means(OfferedVersion version) {
    String name = version.name() + "." + version.arch();
    return Glob.matches(id, name) && (title == null || isTitle(title, name, version.version()));
  }

  /** Whether the entry means the version, and names versions at all. */
  boolean namesVersion(OfferedVersion version) {
    return title != null && means(version);
  }

  /** An epoch of 0 may be written or not. */
  private static boolean isTitle(String title, String name, String version) {
    return Glob.matches(title, name + ":" + version)
        || (version.indexOf(':') < 0 && Glob.matches(title, name + ":0:" + version));
  }
}
