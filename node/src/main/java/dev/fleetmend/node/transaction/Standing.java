package dev.fleetmend.node.transaction;

import dev.fleetmend.node.journal.Change;
import dev.fleetmend.node.manager.PackageId;
import dev.fleetmend.node.manager.PackageStanding;
import dev.fleetmend.node.manager.PackageStanding.Completeness;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** How the packages of a change stand: before it, after it, or in between. */
final class Standing {
  private final Map<PackageId, PackageStanding> standings;

  Standing(Map<PackageId, PackageStanding> standings) {
    this.standings = standings;
  }

  /** Whether the change is wholly made. */
  boolean isAfter(Change change) {
    return is(change, change.to());
  }

  /** Whether nothing of the change is made. */
  boolean isBefore(Change change) {
    return is(change, change.from());
  }

  /** Whether the package is neither wholly there nor wholly gone. */
  boolean isUnfinished(Change change) {
    PackageStanding now = of(change);
    return now != null && now.completeness() == Completeness.UNFINISHED;
  }

  /** The version that is there, with dpkg's word for its state where it is not whole. */
  String words(Change change) {
    PackageStanding now = of(change);
    if (now == null || now.completeness() == Completeness.CONFIGURATION) {
      return "not installed";
    }
    return now.completeness() == Completeness.WHOLE
        ? now.version()
        : now.version() + " (" + now.words() + ")";
  }

  @Nullable PackageStanding of(Change change) {
    return standings.get(new PackageId(change.name(), change.arch()));
  }

  private boolean is(Change change, @Nullable String version) {
    PackageStanding now = of(change);
    if (version == null) {
      return now == null || now.completeness() == Completeness.CONFIGURATION;
    }
    return now != null && now.isWhollyAt(version);
  }
}
