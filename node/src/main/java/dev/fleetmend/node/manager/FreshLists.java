package dev.fleetmend.node.manager;

import dev.fleetmend.node.state.DurableFile;
import dev.fleetmend.patching.fact.PackageLists;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * Downloaded package lists that are fetched anew once they are an hour old, and at every scan while
 * the last try failed: a failure is remembered over restarts, for the lists of other archives may
 * have become new by it.
 */
public final class FreshLists {
  private static final Duration FRESH = Duration.ofHours(1);
  private static final int LONGEST_FAILURE = 500;

  /** How one package manager keeps lists. */
  public interface Source {
    /** Whether the lists of all archives that are configured are here. */
    boolean areComplete() throws IOException;

    /**
     * When they were last fetched, by whomever, as far as their files tell; epoch seconds, 0 if
     * they tell nothing.
     */
    long fetchedAt() throws IOException;

    /**
     * Fetches what is new.
     *
     * @return what went wrong, or null if all archives were reached
     */
    @Nullable String fetch() throws IOException;
  }

  /** What is remembered of the last try; {@code success} in epoch seconds, 0 if never. */
  private record LastTry(long success, @Nullable String failure) {}

  private final Source source;
  private final Path stamp;
  private final Clock clock;
  private @Nullable LastTry known;

  /**
   * @param stamp a file of ours: the time of our last success in its first line, what went wrong
   *     since in the others
   */
  public FreshLists(Source source, Path stamp, Clock clock) {
    this.source = source;
    this.stamp = stamp;
    this.clock = clock;
  }

  /** Fetches the lists unless they are younger than an hour. */
  public PackageLists refresh() throws IOException {
    LastTry last = known == null ? read() : known;
    long now = clock.instant().getEpochSecond();
    long age = now - refreshedAt(last);
    if (age < 0 || age >= FRESH.toSeconds() || last.failure() != null) {
      String failure = source.fetch();
      last = failure == null ? new LastTry(now, null) : new LastTry(last.success(), failure);
      write(last);
    }
    known = last;
    return new PackageLists(refreshedAt(last), shortened(last.failure()));
  }

  private long refreshedAt(LastTry last) throws IOException {
    return source.areComplete() ? Math.max(last.success(), source.fetchedAt()) : 0;
  }

  private LastTry read() throws IOException {
    String text = Files.isRegularFile(stamp) ? Files.readString(stamp).strip() : "";
    int end = text.indexOf('\n');
    String time = end < 0 ? text : text.substring(0, end);
    return new LastTry(
        time.matches("\\d{1,12}") ? Long.parseLong(time) : 0,
        end < 0 ? null : text.substring(end + 1));
  }

  private void write(LastTry last) {
    String text = last.success() + (last.failure() == null ? "" : "\n" + last.failure());
    try {
      DurableFile.write(stamp, text.getBytes(StandardCharsets.UTF_8));
    } catch (IOException e) {
      // A full or read-only disk stops no scan: what cannot be remembered is fetched again.
    }
  }

  private static @Nullable String shortened(@Nullable String failure) {
    return failure == null || failure.length() <= LONGEST_FAILURE
        ? failure
        : failure.substring(0, LONGEST_FAILURE);
  }
}
