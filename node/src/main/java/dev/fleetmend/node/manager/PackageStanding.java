package dev.fleetmend.node.manager;

/**
 * How a package stands in the package manager's own database.
 *
 * @param version empty where only its configuration is left
 * @param held whether the administrator wants it left alone
 * @param words the package manager's own words for the state, such as {@code half-configured}
 */
public record PackageStanding(
    String version, Completeness completeness, boolean held, String words) {

  /** How far a package is there. */
  public enum Completeness {
    /** Wholly there and configured. */
    WHOLE,
    /** Neither wholly there nor wholly gone. */
    UNFINISHED,
    /** Removed, its configuration files are left. */
    CONFIGURATION
  }

  /** Whether exactly this version is wholly there. */
  public boolean isWhollyAt(String wanted) {
    return completeness == Completeness.WHOLE && version.equals(wanted);
  }
}
