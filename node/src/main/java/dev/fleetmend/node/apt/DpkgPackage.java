package dev.fleetmend.node.apt;

import dev.fleetmend.node.manager.PackageId;
import dev.fleetmend.node.manager.PackageStanding;
import dev.fleetmend.node.manager.PackageStanding.Completeness;

/**
 * One package in dpkg's database.
 *
 * @param abbreviation dpkg's state in two letters, and a third where it must be reinstalled
 * @param state dpkg's word for how far it is there, such as {@code half-configured}
 */
record DpkgPackage(
    String name,
    String arch,
    String version,
    String abbreviation,
    String state,
    String source,
    String section,
    String priority) {

  PackageId id() {
    return new PackageId(name, arch);
  }

  boolean held() {
    return abbreviation.charAt(0) == 'h';
  }

  /** Whether it is neither gone nor down to its configuration files. */
  boolean present() {
    return !state.equals("not-installed") && !state.equals("config-files");
  }

  /** Whether its files have arrived, configured or not. */
  boolean unpacked() {
    return present() && !state.equals("half-installed");
  }

  /** Whether it is wholly there, as far as it itself goes. */
  boolean whole() {
    return state.equals("installed") && !abbreviation.endsWith("R");
  }

  PackageStanding standing() {
    Completeness completeness =
        !present()
            ? Completeness.CONFIGURATION
            : whole() ? Completeness.WHOLE : Completeness.UNFINISHED;
    return new PackageStanding(
        completeness == Completeness.CONFIGURATION ? "" : version, completeness, held(), state);
  }
}
