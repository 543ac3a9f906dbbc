package dev.fleetmend.node.patch;

import dev.fleetmend.node.state.DurableFile;
import dev.fleetmend.node.state.JsonFile;
import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/** The runs that this node remembers, one file a command. */
final class RunStates {
  private static final Pattern COMMAND = Pattern.compile("[A-Za-z0-9][A-Za-z0-9._-]{0,127}");
  private static final int MOST_KEPT = 200;

  private final Path folder;

  RunStates(Path folder) throws IOException {
    DurableFile.makeFolder(folder);
    this.folder = folder;
  }

  Optional<RunState> find(String commandId) throws IOException {
    return Optional.ofNullable(file(commandId).read());
  }

  void write(RunState state) throws IOException {
    file(state.commandId()).write(state);
  }

  /** Runs whose report the server does not have, oldest first. */
  List<RunState> unreported() throws IOException {
    return all().stream().filter(state -> !state.ended()).toList();
  }

  /** Forgets the oldest of those that ended. */
  void prune() throws IOException {
    List<RunState> ended = all().stream().filter(RunState::ended).toList();
    for (RunState state : ended.subList(0, Math.max(0, ended.size() - MOST_KEPT))) {
      file(state.commandId()).delete();
    }
  }

  private List<RunState> all() throws IOException {
    List<RunState> all = new ArrayList<>();
    try (DirectoryStream<Path> files = Files.newDirectoryStream(folder, "*.json")) {
      for (Path file : files) {
        RunState state = new JsonFile<>(file, RunState.class).read();
        if (state != null) {
          all.add(state);
        }
      }
    }
    all.sort(Comparator.comparingLong(RunState::startedAt));
    return all;
  }

  private JsonFile<RunState> file(String commandId) {
    if (!COMMAND.matcher(commandId).matches()) {
      throw new IllegalArgumentException("not a command id: " + commandId);
    }
    return new JsonFile<>(folder.resolve(commandId + ".json"), RunState.class);
  }
}
