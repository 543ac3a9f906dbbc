package dev.fleetmend.node.apt;

import dev.fleetmend.node.program.ProgramResult;
import dev.fleetmend.patching.fact.PackageLists;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The downloaded package lists: how old they are, and fetching them anew. */
final class AptLists {
  private static final Duration FRESH = Duration.ofHours(1);
  private static final Path OTHERS_STAMP = Path.of("/var/lib/apt/periodic/update-success-stamp");
  private static final String INDEX = "Created-By: Packages";
  private static final int LONGEST_FAILURE = 500;

  private final AptCommands commands;
  private final AptPlaces places;
  private final Path stamp;
  private final Clock clock;
  private @Nullable String failure;

  /**
   * @param stamp a file of ours whose time is that of our last success
   */
  AptLists(AptCommands commands, AptPlaces places, Path stamp, Clock clock) {
    this.commands = commands;
    this.places = places;
    this.stamp = stamp;
    this.clock = clock;
  }

  /** Fetches the lists unless they are younger than an hour. */
  PackageLists refresh() throws IOException {
    long now = clock.instant().getEpochSecond();
    long age = now - refreshedAt();
    if (age >= 0 && age < FRESH.toSeconds() && failure == null) {
      return new PackageLists(refreshedAt(), null);
    }
    ProgramResult result =
        commands.aptGet(List.of("-q", "-o", "APT::Update::Error-Mode=any", "update"));
    failure = failureIn(result);
    if (failure == null) {
      Files.createDirectories(places.lists());
      Files.write(stamp, Long.toString(now).getBytes(StandardCharsets.UTF_8));
    }
    return new PackageLists(refreshedAt(), failure);
  }

  /** The lists' files. */
  List<Path> files() throws IOException {
    ProgramResult result =
        commands.aptGet(List.of("indextargets", "--format", "$(FILENAME)", INDEX));
    if (!result.succeeded()) {
      throw new IOException("apt-get indextargets: " + result.errors().strip());
    }
    return result.output().lines().filter(line -> !line.isBlank()).map(Path::of).toList();
  }

  /** When they were last fetched with success, by us or others; epoch seconds, 0 if never. */
  private long refreshedAt() throws IOException {
    long ours = 0;
    if (Files.exists(stamp)) {
      String text = Files.readString(stamp).strip();
      ours = text.matches("\\d{1,12}") ? Long.parseLong(text) : 0;
    }
    long others = places.options().isEmpty() ? modified(OTHERS_STAMP) : 0;
    return Math.max(ours, Math.max(others, folderModified()));
  }

  /** The folder changes when a list does; without any list it says nothing. */
  private long folderModified() throws IOException {
    if (!Files.isDirectory(places.lists())) {
      return 0;
    }
    try (var entries = Files.newDirectoryStream(places.lists(), "*Packages*")) {
      return entries.iterator().hasNext() ? modified(places.lists()) : 0;
    }
  }

  private static long modified(Path path) throws IOException {
    return Files.exists(path) ? Files.getLastModifiedTime(path).toMillis() / 1000 : 0;
  }

  private static @Nullable String failureIn(ProgramResult result) {
    List<String> errors =
        result
            .errors()
            .lines()
            .filter(line -> line.startsWith("E: ") || line.contains("Failed to fetch"))
            .toList();
    if (result.succeeded() && errors.isEmpty()) {
      return null;
    }
    String said = errors.isEmpty() ? "apt-get update exited with " + result.exitCode() : "";
    String text = said + String.join("; ", errors);
    return text.length() > LONGEST_FAILURE ? text.substring(0, LONGEST_FAILURE) : text;
  }
}
