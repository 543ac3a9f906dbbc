package dev.fleetmend.node.zypper;

import dev.fleetmend.node.rpm.RepositoryIndex;
import java.io.IOException;
import java.util.HashSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** What the downloaded lists say, read once while they and the repositories stay as they are. */
final class ZypperIndex {
  /** What was read from lists that looked so. */
  private record Remembered(String fingerprint, RepositoryIndex index) {}

  private final ZypperRepositories repositories;
  private @Nullable Remembered remembered;

  ZypperIndex(ZypperRepositories repositories) {
    this.repositories = repositories;
  }

  /**
   * The index of packages.
   *
   * @param names of those that are wanted; it may know others too
   */
  synchronized RepositoryIndex of(Set<String> names) throws IOException {
    String fingerprint = repositories.fingerprint();
    Remembered last = remembered;
    if (last != null && last.fingerprint().equals(fingerprint) && last.index().covers(names)) {
      return last.index();
    }
    RepositoryIndex index = RepositoryIndex.read(repositories.withLists(), new HashSet<>(names));
    remembered = new Remembered(fingerprint, index);
    return index;
  }
}
