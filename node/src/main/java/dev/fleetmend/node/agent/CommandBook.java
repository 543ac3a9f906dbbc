package dev.fleetmend.node.agent;

import dev.fleetmend.node.AgentLog;
import dev.fleetmend.node.document.AcceptedCommand;
import dev.fleetmend.node.document.CommandFolder;
import dev.fleetmend.node.document.CommandRunner;
import dev.fleetmend.node.state.DurableFile;
import dev.fleetmend.protocol.json.MalformedJsonException;
import dev.fleetmend.protocol.json.Naming;
import dev.fleetmend.protocol.json.RecordJson;
import dev.fleetmend.protocol.message.CancelCommandPayload;
import dev.fleetmend.protocol.message.Message;
import dev.fleetmend.protocol.message.MessageId;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/** The commands that this node has taken over, each in a folder named after its id. */
final class CommandBook {
  /** A message is never delivered again after so long, so its command may be forgotten. */
  private static final Duration KEPT = Duration.ofDays(7);

  private final RecordJson json = new RecordJson(Naming.PASCAL);
  private final Path folder;
  private final CommandRunner runner;
  private final CommandQueue queue;
  private final Clock clock;
  private final AgentLog log;

  CommandBook(Path folder, CommandRunner runner, CommandQueue queue, Clock clock, AgentLog log)
      throws IOException {
    this.folder = folder;
    this.runner = runner;
    this.queue = queue;
    this.clock = clock;
    this.log = log;
    DurableFile.makeFolder(folder);
  }

  /** Goes on with what an earlier run of the agent left unfinished, oldest first. */
  void resume() throws IOException {
    record Left(String commandId, CommandFolder command, long acceptedAt) {}
    List<Left> left = new ArrayList<>();
    try (DirectoryStream<Path> folders = Files.newDirectoryStream(folder)) {
      for (Path path : folders) {
        CommandFolder command = new CommandFolder(path);
        if (command.exists() && !command.ended()) {
          left.add(
              new Left(path.getFileName().toString(), command, command.command().acceptedAt()));
        }
      }
    }
    left.sort(Comparator.comparingLong(Left::acceptedAt));
    for (Left command : left) {
      log.info("going on with command " + command.commandId());
      queue.submit(command.commandId(), command.command());
    }
  }

  /**
   * Takes a command over; one that was taken over before is left as it is.
   *
   * @return whether it may be acknowledged
   */
  boolean accept(Message message) throws IOException {
    MessageId id = MessageId.parse(message.messageId());
    if (id == null || !CommandFolder.isName(id.commandId())) {
      return false;
    }
    CommandFolder command = new CommandFolder(folder.resolve(id.commandId()));
    if (!command.exists()) {
      AcceptedCommand accepted =
          new AcceptedCommand(message.messageId(), message.payload(), clock.millis());
      command.accept(accepted);
      runner.begun(accepted);
      queue.submit(id.commandId(), command);
      forgetOld();
    }
    return true;
  }

  /** Cancels the command that the message names. */
  boolean cancel(Message message) {
    try {
      MessageId target =
          MessageId.parse(
              json.read(
                      message.payload().getBytes(StandardCharsets.UTF_8),
                      CancelCommandPayload.class)
                  .cancelMessageId());
      if (target == null) {
        return false;
      }
      queue.cancel(target.commandId());
      return true;
    } catch (MalformedJsonException e) {
      return false;
    }
  }

  private void forgetOld() throws IOException {
    long before = clock.millis() - KEPT.toMillis();
    try (DirectoryStream<Path> folders = Files.newDirectoryStream(folder)) {
      for (Path path : folders) {
        CommandFolder command = new CommandFolder(path);
        if (command.exists() && command.command().acceptedAt() < before && command.ended()) {
          delete(path);
        }
      }
    }
  }

  private static void delete(Path tree) throws IOException {
    try (Stream<Path> paths = Files.walk(tree)) {
      for (Path path : paths.sorted(Comparator.reverseOrder()).toList()) {
        Files.delete(path);
      }
    }
  }
}
