package dev.fleetmend.node.apt;

import dev.fleetmend.node.manager.FreshLists;
import dev.fleetmend.node.program.ProgramResult;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The downloaded package lists: how old they are, and fetching them anew. */
final class AptLists implements FreshLists.Source {
  private static final Path OTHERS_STAMP = Path.of("/var/lib/apt/periodic/update-success-stamp");

  private final AptCommands commands;
  private final AptPlaces places;

  AptLists(AptCommands commands, AptPlaces places) {
    this.commands = commands;
    this.places = places;
  }

  /** Lists that were swept away are missed; of archives that are new here apt knows by itself. */
  @Override
  public boolean areComplete() throws IOException {
    if (!Files.isDirectory(places.lists())) {
      return false;
    }
    try (var entries = Files.newDirectoryStream(places.lists(), "*Packages*")) {
      return entries.iterator().hasNext();
    }
  }

  /** The folder changes when a list does. */
  @Override
  public long fetchedAt() throws IOException {
    long others = places.options().isEmpty() ? modified(OTHERS_STAMP) : 0;
    return Math.max(others, modified(places.lists()));
  }

  @Override
  public @Nullable String fetch() throws IOException {
    ProgramResult result =
        commands.aptGet(List.of("-q", "-o", "APT::Update::Error-Mode=any", "update"));
    String failure = failureIn(result);
    if (failure == null) {
      Files.createDirectories(places.lists());
    }
    return failure;
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
    return said + String.join("; ", errors);
  }
}
