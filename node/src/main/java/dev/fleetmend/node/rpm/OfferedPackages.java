package dev.fleetmend.node.rpm;

import java.io.IOException;
import java.util.Set;

/** What the metadata offer that a package manager has downloaded. */
@FunctionalInterface
public interface OfferedPackages {
  /** What they offer of packages by these names. */
  RepositoryIndex of(Set<String> names) throws IOException;
}
