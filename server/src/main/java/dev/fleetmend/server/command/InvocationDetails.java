package dev.fleetmend.server.command;

import dev.fleetmend.api.ApiException;
import dev.fleetmend.server.document.DocumentStep;
import dev.fleetmend.server.operation.Caller;
import dev.fleetmend.server.operation.Operations;
import dev.fleetmend.server.store.Store;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.ssm.model.GetCommandInvocationRequest;
import software.amazon.awssdk.services.ssm.model.GetCommandInvocationResponse;

/** GetCommandInvocation: one step of a command on one node. */
final class InvocationDetails {
  private static final int NOT_ENDED = -1;
  private final Store store;
  private final NodePlatforms platforms;
  private final CommandRows commands = new CommandRows();
  private final InvocationRows invocations = new InvocationRows();
  private final StepRows steps = new StepRows();

  InvocationDetails(Store store, NodePlatforms platforms) {
    this.store = store;
    this.platforms = platforms;
  }

  void offer(Operations operations) {
    operations.on(GetCommandInvocationRequest.class, this::get);
  }

  private GetCommandInvocationResponse get(GetCommandInvocationRequest request, Caller caller) {
    return store.read(db -> get(db, request));
  }

  private GetCommandInvocationResponse get(Handle db, GetCommandInvocationRequest request) {
    StoredInvocation invocation =
        invocations
            .find(db, request.commandId(), request.instanceId())
            .orElseThrow(
                () ->
                    new ApiException(
                        "InvocationDoesNotExist",
                        "The command ID and instance ID you specified did not match any"
                            + " invocations."));
    StoredCommand command = commands.find(db, request.commandId()).orElseThrow();
    List<DocumentStep> known = command.steps();
    String platform = platforms.of(db, invocation.instanceId());
    String plugin = plugin(known, platform, request.pluginName());
    Optional<StoredStep> step =
        steps.of(db, command.id(), invocation.instanceId()).stream()
            .filter(result -> result.name().equals(plugin))
            .findFirst();
    boolean ofStep = known.size() > 1 && step.isPresent();
    Instant started = step.map(StoredStep::startedAt).orElse(null);
    Instant ended = step.map(StoredStep::endedAt).orElse(null);
    return GetCommandInvocationResponse.builder()
        .commandId(command.id())
        .instanceId(invocation.instanceId())
        .comment(Optional.ofNullable(command.request().comment()).orElse(""))
        .documentName(command.documentName())
        .documentVersion(Optional.ofNullable(command.request().documentVersion()).orElse(""))
        .pluginName(plugin)
        .responseCode(
            step.filter(s -> s.status().terminal()).map(StoredStep::code).orElse(NOT_ENDED))
        .executionStartDateTime(text(started))
        .executionElapsedTime(elapsed(started, ended))
        .executionEndDateTime(text(ended))
        .status(
            ofStep
                ? CommandViews.status(step.orElseThrow().status()).toString()
                : invocation.state().status().toString())
        .statusDetails(
            ofStep
                ? CommandViews.details(CommandViews.status(step.orElseThrow().status()))
                : invocation.state().details())
        .standardOutputContent(step.map(StoredStep::standardOutput).orElse(""))
        .standardOutputUrl("")
        .standardErrorContent(step.map(StoredStep::standardError).orElse(invocation.traceOutput()))
        .standardErrorUrl("")
        .cloudWatchOutputConfig(CommandViews.logs(command.request()))
        .build();
  }

  /**
   * The step that a request means.
   *
   * @param platform the node's: a step for others need not be told apart from one for it
   * @throws ApiException InvalidPluginName where it is none, or none is named and there are several
   */
  static String plugin(List<DocumentStep> known, String platform, @Nullable String asked) {
    List<DocumentStep> run = known.stream().filter(step -> step.runsOn(platform)).toList();
    if (asked == null && run.size() == 1) {
      return run.getFirst().name();
    }
    return known.stream()
        .map(DocumentStep::name)
        .filter(name -> name.equals(asked))
        .findFirst()
        .orElseThrow(
            () ->
                new ApiException(
                    "InvalidPluginName",
                    "PluginName must be one of "
                        + String.join(", ", known.stream().map(DocumentStep::name).toList())
                        + "."));
  }

  private static String text(@Nullable Instant time) {
    return time == null ? "" : time.toString();
  }

  private static String elapsed(@Nullable Instant started, @Nullable Instant ended) {
    return started == null || ended == null ? "" : Duration.between(started, ended).toString();
  }
}
