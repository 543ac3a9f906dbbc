package dev.fleetmend.node.dnf;

import dev.fleetmend.node.manager.FreshLists;
import dev.fleetmend.node.program.ProgramResult;
import dev.fleetmend.node.rpm.Repository;
import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/** The repositories' downloaded metadata: how old they are, and fetching them anew. */
final class DnfLists implements FreshLists.Source {
  private final DnfCommands commands;
  private final DnfPlaces places;

  DnfLists(DnfCommands commands, DnfPlaces places) {
    this.commands = commands;
    this.places = places;
  }

  @Override
  public boolean areComplete() throws IOException {
    DnfConfiguration configuration = DnfConfiguration.read(places);
    return configuration.repositories().size() == configuration.enabled();
  }

  /** The repository that was fetched longest ago counts. */
  @Override
  public long fetchedAt() throws IOException {
    long oldest = Long.MAX_VALUE;
    for (Repository one : DnfConfiguration.read(places).repositories()) {
      oldest = Math.min(oldest, newestIn(one.repodata()));
    }
    return oldest == Long.MAX_VALUE ? 0 : oldest;
  }

  @Override
  public @Nullable String fetch() throws IOException {
    return failureIn(commands.makecache());
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
    String said = String.join("; ", DnfWords.of(result.errors()));
    boolean passedOver =
        said.contains("Ignoring repositories") || said.contains("Errors during downloading");
    if (result.succeeded() && !passedOver) {
      return null;
    }
    return said.isEmpty() ? "dnf makecache exited with " + result.exitCode() : said;
  }
}
