package dev.fleetmend.node.dnf;

import dev.fleetmend.node.program.ProgramResult;
import dev.fleetmend.node.rpm.Repository;
import dev.fleetmend.patching.fact.PackageLists;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** The repositories' downloaded metadata: how old they are, and fetching them anew. */
final class DnfLists {
  private static final Duration FRESH = Duration.ofHours(1);
  private static final int LONGEST_FAILURE = 500;

  private final DnfCommands commands;
  private final Path cache;
  private final Path stamp;
  private final Clock clock;
  private @Nullable String failure;

  /**
   * @param cache dnf's cache folder
   * @param stamp a file of ours whose content is the time of our last success
   */
  DnfLists(DnfCommands commands, Path cache, Path stamp, Clock clock) {
    this.commands = commands;
    this.cache = cache;
    this.stamp = stamp;
    this.clock = clock;
  }

  /** Fetches the metadata unless they are younger than an hour. */
  PackageLists refresh() throws IOException {
    long now = clock.instant().getEpochSecond();
    long age = now - refreshedAt();
    if (age >= 0 && age < FRESH.toSeconds() && failure == null) {
      return new PackageLists(refreshedAt(), null);
    }
    failure = failureIn(commands.makecache());
    if (failure == null) {
      Files.write(stamp, Long.toString(now).getBytes(StandardCharsets.UTF_8));
    }
    return new PackageLists(refreshedAt(), failure);
  }

  /** When all were last fetched with success, by us or others; epoch seconds, 0 if never. */
  private long refreshedAt() throws IOException {
    long ours = 0;
    if (Files.exists(stamp)) {
      String text = Files.readString(stamp).strip();
      ours = text.matches("\\d{1,12}") ? Long.parseLong(text) : 0;
    }
    DnfConfiguration configuration = DnfConfiguration.read(cache);
    List<Repository> repositories = configuration.repositories();
    if (repositories.size() < configuration.enabled()) {
      return 0;
    }
    long oldest = Long.MAX_VALUE;
    for (Repository one : repositories) {
      oldest = Math.min(oldest, newestIn(one.repodata()));
    }
    return Math.max(ours, oldest == Long.MAX_VALUE ? 0 : oldest);
  }

  /** dnf sets the time of one of the files anew when it found nothing newer. */
  private static long newestIn(Path folder) throws IOException {
    long newest = 0;
    try (DirectoryStream<Path> files = Files.newDirectoryStream(folder)) {
      for (Path file : files) {
        newest = Math.max(newest, Files.getLastModifiedTime(file).toMillis() / 1000);
      }
    }
    return newest;
  }

  /** A repository that may be unavailable is passed over by dnf, which then exits with 0. */
  static @Nullable String failureIn(ProgramResult result) {
    String said =
        result
            .errors()
            .lines()
            .map(String::strip)
            .filter(line -> !line.isEmpty())
            .collect(Collectors.joining("; "));
    boolean passedOver =
        said.contains("Ignoring repositories") || said.contains("Errors during downloading");
    if (result.succeeded() && !passedOver) {
      return null;
    }
    String text = said.isEmpty() ? "dnf makecache exited with " + result.exitCode() : said;
    return text.length() > LONGEST_FAILURE ? text.substring(0, LONGEST_FAILURE) : text;
  }
}
