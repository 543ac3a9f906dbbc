package dev.fleetmend.node.document;

import dev.fleetmend.node.state.DurableFile;
import dev.fleetmend.node.state.JsonFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.Pattern;

/** What the agent keeps of one command, from when it took it over. */
public final class CommandFolder {
  private static final Pattern ID = Pattern.compile("[A-Za-z0-9-]{1,64}");

  private final Path folder;
  private final JsonFile<AcceptedCommand> command;
  private final JsonFile<Progress> progress;

  public CommandFolder(Path folder) {
    this.folder = folder;
    this.command = new JsonFile<>(folder.resolve("command.json"), AcceptedCommand.class);
    this.progress = new JsonFile<>(folder.resolve("progress.json"), Progress.class);
  }

  /** Whether a command id can name a folder. */
  public static boolean isName(String commandId) {
    return ID.matcher(commandId).matches();
  }

  /** Whether the command was taken over already, finished or not. */
  public boolean exists() {
    return Files.exists(command.path());
  }

  /** Takes the command over: it is on the disk when this returns. */
  public void accept(AcceptedCommand accepted) throws IOException {
    DurableFile.makeFolder(folder);
    command.write(accepted);
  }

  /** The command as it was taken over. */
  public AcceptedCommand command() throws IOException {
    AcceptedCommand accepted = command.read();
    if (accepted == null) {
      throw new IOException(command.path() + " is missing");
    }
    return accepted;
  }

  /** Whether its final reply has been handed over to be sent. */
  public boolean ended() throws IOException {
    return !progress().ended().isEmpty();
  }

  Progress progress() throws IOException {
    Progress known = progress.read();
    return known == null ? Progress.none() : known;
  }

  void keep(Progress now) throws IOException {
    progress.write(now);
  }

  Path stepFolder(int index) throws IOException {
    Path step = folder.resolve("step-" + index);
    DurableFile.makeFolder(step);
    return step;
  }
}
