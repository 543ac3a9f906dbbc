package dev.fleetmend.node.yum;

import dev.fleetmend.node.rpm.OfferedPackages;
import dev.fleetmend.node.rpm.RepositoryIndex;
import dev.fleetmend.node.state.FileFingerprint;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What the downloaded metadata offer, remembered while they and yum's configuration stay as they
 * are.
 */
final class YumIndex implements OfferedPackages {
  /** What was read from files that looked so. */
  private record Remembered(String fingerprint, RepositoryIndex index) {}

  private final Path cache;
  private @Nullable Remembered remembered;

  /**
   * @param cache the folder in which yum keeps metadata for us
   */
  YumIndex(Path cache) {
    this.cache = cache;
  }

  @Override
  public synchronized RepositoryIndex of(Set<String> names) throws IOException {
    YumConfiguration configuration = YumConfiguration.read(cache);
    String fingerprint = FileFingerprint.of(configuration.decisive());
    Remembered last = remembered;
    if (last != null && last.fingerprint().equals(fingerprint) && last.index().covers(names)) {
      return last.index();
    }
    RepositoryIndex index = RepositoryIndex.read(configuration.repositories(), names);
    remembered = new Remembered(fingerprint, index);
    return index;
  }
}
