package dev.fleetmend.node.zypper;

import dev.fleetmend.node.program.ProgramResult;
import dev.fleetmend.patching.fact.PackageLists;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** The repositories' downloaded lists: how old they are, and fetching them anew. */
final class ZypperLists {
  private static final Duration FRESH = Duration.ofHours(1);
  private static final int LONGEST_FAILURE = 500;

  private final ZypperCommands commands;
  private final ZypperRepositories repositories;
  private final Path stamp;
  private final Clock clock;
  private @Nullable String failure;

  /**
   * @param stamp a file of ours whose content is the time of our last success
   */
  ZypperLists(ZypperCommands commands, ZypperRepositories repositories, Path stamp, Clock clock) {
    this.commands = commands;
    this.repositories = repositories;
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
    ProgramResult result = commands.run(List.of(), List.of("refresh"));
    failure = result.succeeded() ? null : words(result);
    if (failure == null) {
      Files.write(stamp, Long.toString(now).getBytes(StandardCharsets.UTF_8));
    }
    return new PackageLists(refreshedAt(), failure);
  }

  /** When they were last fetched with success, by us or others; epoch seconds, 0 if never. */
  private long refreshedAt() throws IOException {
    long ours = 0;
    if (Files.exists(stamp)) {
      String text = Files.readString(stamp).strip();
      ours = text.matches("\\d{1,12}") ? Long.parseLong(text) : 0;
    }
    return Math.max(ours, repositories.oldestListAt());
  }

  private static String words(ProgramResult result) {
    List<String> said = ZypperAnswer.parse(result.output()).errors();
    String text = said.isEmpty() ? result.errors().strip() : String.join("; ", said);
    String words = text.isEmpty() ? "zypper refresh ended with " + result.exitCode() : text;
    return words.lines().map(String::strip).collect(Collectors.joining(" ")).length()
            > LONGEST_FAILURE
        ? words.substring(0, LONGEST_FAILURE)
        : words;
  }
}
