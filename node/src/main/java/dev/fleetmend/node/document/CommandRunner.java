package dev.fleetmend.node.document;

import dev.fleetmend.node.host.BootId;
import dev.fleetmend.protocol.json.MalformedJsonException;
import dev.fleetmend.protocol.json.Naming;
import dev.fleetmend.protocol.json.RecordJson;
import dev.fleetmend.protocol.message.RunStatus;
import dev.fleetmend.protocol.message.SendCommandPayload;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Runs commands that were taken over, and goes on with those that were interrupted. */
public final class CommandRunner {
  private final RecordJson json = new RecordJson(Naming.PASCAL);
  private final Map<String, String> environment;
  private final DocumentActions actions;
  private final WholeOutput whole;
  private final ReplySink sink;
  private final BootId bootId;
  private final Clock clock;

  public CommandRunner(
      Map<String, String> environment,
      HostDocuments own,
      DocumentSource source,
      WholeOutput whole,
      ReplySink sink,
      BootId bootId,
      Clock clock) {
    this.environment = Map.copyOf(environment);
    this.actions = new DocumentActions(own, source, bootId, clock);
    this.whole = whole;
    this.sink = sink;
    this.bootId = bootId;
    this.clock = clock;
  }

  /** Whether the command changes or reads packages, and so must wait for others that do. */
  public boolean isPatchCommand(AcceptedCommand command) {
    try {
      return HostDocuments.touchesPackages(payload(command).documentName());
    } catch (MalformedJsonException e) {
      return false;
    }
  }

  /** Says that the command was taken over. */
  public void begun(AcceptedCommand command) throws IOException {
    replies(command).begun();
  }

  /**
   * Runs what is left of a command, every reply included.
   *
   * @return the final status, or SuccessAndReboot when the host is to be rebooted and this to be
   *     called again afterwards
   */
  public RunStatus run(CommandFolder folder, Cancellation cancellation)
      throws IOException, InterruptedException {
    AcceptedCommand command = folder.command();
    try {
      return document(folder, command, cancellation).run(bootId.current());
    } catch (MalformedJsonException | DocumentException e) {
      replies(command).impossible(String.valueOf(e.getMessage()));
      folder.keep(folder.progress().ended(RunStatus.FAILED.wireName()));
      return RunStatus.FAILED;
    }
  }

  /** Ends a command as Failed, because the reboot that it needs did not happen. */
  public void rebootFailed(CommandFolder folder, String why) throws IOException {
    try {
      document(folder, folder.command(), new Cancellation()).rebootFailed(why);
    } catch (DocumentException e) {
      throw new IOException(e);
    }
  }

  private DocumentRun document(
      CommandFolder folder, AcceptedCommand command, Cancellation cancellation)
      throws IOException, DocumentException {
    SendCommandPayload payload = payload(command);
    List<Step> steps = DocumentReader.read(payload.documentContent(), payload.parameters());
    Map<String, String> forScripts = new LinkedHashMap<>(environment);
    forScripts.put("SSM_COMMAND_ID", payload.commandId());
    forScripts.putAll(DocumentReader.environment(payload.documentContent(), payload.parameters()));
    return new DocumentRun(
        folder,
        steps,
        actions.of(payload.commandId(), payload.documentName(), payload.parameters()),
        replies(command),
        forScripts,
        cancellation,
        stepFolder -> stepFolder);
  }

  private SendCommandPayload payload(AcceptedCommand command) {
    return json.read(command.payload().getBytes(StandardCharsets.UTF_8), SendCommandPayload.class);
  }

  private Replies replies(AcceptedCommand command) {
    return new Replies(sink, command.messageId(), whole, clock);
  }
}
