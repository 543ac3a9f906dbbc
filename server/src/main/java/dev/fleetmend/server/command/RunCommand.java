package dev.fleetmend.server.command;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.fleetmend.api.ApiException;
import dev.fleetmend.protocol.json.Naming;
import dev.fleetmend.protocol.json.RecordJson;
import dev.fleetmend.protocol.message.SendCommandPayload;
import dev.fleetmend.server.Core;
import dev.fleetmend.server.document.CommandDocument;
import dev.fleetmend.server.document.Documents;
import dev.fleetmend.server.node.ManagedNode;
import dev.fleetmend.server.quota.Quota;
import dev.fleetmend.server.store.Ids;
import dev.fleetmend.server.work.Work;
import dev.fleetmend.server.work.WorkKind;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.ssm.model.CommandStatus;
import software.amazon.awssdk.services.ssm.model.DocumentHashType;
import software.amazon.awssdk.services.ssm.model.SendCommandRequest;

/** Sends and cancels commands. */
final class RunCommand implements Commands {
  static final WorkKind<CommandDue> FORGET = new WorkKind<>("command.forget", CommandDue.class);
  private static final int DEFAULT_DELIVERY_SECONDS = 3_600;

  private final Clock clock;
  private final Duration kept;
  private final Ids ids;
  private final Documents documents;
  private final CommandTargets targets;
  private final CommandFlow flow;
  private final Cancellation cancellation;
  private final Work work;
  private final RecordJson json = new RecordJson(Naming.PASCAL);
  private final CommandRows commands = new CommandRows();
  private final InvocationRows invocations = new InvocationRows();

  RunCommand(
      Core core,
      Documents documents,
      CommandTargets targets,
      CommandFlow flow,
      Cancellation cancellation) {
    this.clock = core.clock();
    this.kept = Duration.ofDays(core.quotas().of(Quota.COMMAND_HISTORY_DAYS));
    this.ids = core.ids();
    this.work = core.work();
    this.documents = documents;
    this.targets = targets;
    this.flow = flow;
    this.cancellation = cancellation;
  }

  @Override
  public String send(
      Handle tx, SendCommandRequest request, @Nullable WorkKind<CommandEnded> whenEnded) {
    CommandDocument document =
        documents.find(tx, request.documentName(), request.documentVersion());
    requireHash(request, document);
    Map<String, Object> parameters = document.accept(request.parameters());
    List<ManagedNode> nodes = targets.resolve(tx, request, document);
    StoredCommand command = command(request, document, parameters, nodes.size(), whenEnded);
    commands.insert(tx, command);
    invocations.insert(
        tx,
        command.id(),
        nodes.stream().map(ManagedNode::id).toList(),
        command.requestedAt().toEpochMilli());
    refuseWrongPlatforms(tx, command.id(), nodes, document);
    work.schedule(
        tx, FORGET, command.id(), new CommandDue(command.id()), command.expiresAt().plus(kept));
    flow.advance(tx, command.id());
    return command.id();
  }

  private StoredCommand command(
      SendCommandRequest request,
      CommandDocument document,
      Map<String, Object> parameters,
      int targetCount,
      @Nullable WorkKind<CommandEnded> whenEnded) {
    String id = ids.uuid();
    Instant now = Instant.ofEpochMilli(clock.millis());
    Duration delivery =
        Duration.ofSeconds(
            Objects.requireNonNullElse(request.timeoutSeconds(), DEFAULT_DELIVERY_SECONDS));
    SendCommandPayload payload =
        SendCommandPayload.of(id, document.name(), document.content(), parameters);
    return new StoredCommand(
        id,
        document.name(),
        document.version(),
        request,
        new String(json.write(payload), UTF_8),
        CommandStatus.PENDING,
        "Pending",
        now,
        now.plus(delivery).plus(document.executionTimeout(parameters)),
        delivery,
        RateControl.of(
            Objects.requireNonNullElse(request.maxConcurrency(), CommandViews.DEFAULT_CONCURRENCY),
            Objects.requireNonNullElse(request.maxErrors(), CommandViews.DEFAULT_ERRORS),
            targetCount),
        whenEnded == null ? null : whenEnded.name(),
        new Tally(targetCount, 0, 0, 0, 0, 0, 0, 0, 0));
  }

  private static void requireHash(SendCommandRequest request, CommandDocument document) {
    String hash = request.documentHash();
    if (request.documentHashType() == DocumentHashType.SHA1) {
      throw new ApiException(
          "ValidationException", "Sha1 hashes are deprecated; give the document's Sha256 hash.");
    }
    if (hash != null && !hash.toLowerCase(Locale.ROOT).equals(document.sha256())) {
      throw new ApiException(
          "InvalidDocument",
          "DocumentHash is not the SHA-256 of document " + document.name() + ".");
    }
  }

  /** Nodes that a tag named and that cannot run the document: they end here. */
  private void refuseWrongPlatforms(
      Handle tx, String commandId, List<ManagedNode> nodes, CommandDocument document) {
    for (ManagedNode node : nodes) {
      if (node.platformType() != null && !document.runsOn(node.platformType())) {
        invocations
            .find(tx, commandId, node.id())
            .ifPresent(invocation -> flow.end(tx, invocation, InvocationState.INVALID_PLATFORM));
      }
    }
  }

  @Override
  public void cancel(Handle tx, String commandId) {
    commands.lock(tx, commandId).ifPresent(command -> cancellation.cancel(tx, command, List.of()));
  }

  @Override
  public List<String> nodes(Handle db, String commandId, int most) {
    return invocations.nodes(db, commandId, most);
  }

  @Override
  public Optional<CommandProgress> progress(Handle db, String commandId) {
    return commands.find(db, commandId).map(StoredCommand::progress);
  }
}
