package dev.fleetmend.server.preview;

import dev.fleetmend.api.ApiException;
import dev.fleetmend.server.Core;
import dev.fleetmend.server.command.CommandEnded;
import dev.fleetmend.server.command.CommandProgress;
import dev.fleetmend.server.command.Commands;
import dev.fleetmend.server.operation.Caller;
import dev.fleetmend.server.preview.GetPatchPreviewResponse.NodePreview;
import dev.fleetmend.server.store.Page;
import dev.fleetmend.server.store.Pages;
import dev.fleetmend.server.work.WorkKind;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jdbi.v3.core.Handle;
import software.amazon.awssdk.services.ssm.model.SendCommandRequest;
import software.amazon.awssdk.services.ssm.model.Target;

/** {@code Fleetmend.PreviewPatchOperation} and {@code Fleetmend.GetPatchPreview}. */
final class PreviewOperations {
  static final String DOCUMENT = "Fleetmend-RunPatchBaseline";
  private static final WorkKind<CommandEnded> PREVIEWED =
      new WorkKind<>("patch-preview-ended", CommandEnded.class);

  /** A node where it fails says nothing of the others. */
  private static final String ALL = "100%";

  private static final int MOST = 50;
  private static final int DEFAULT_PAGE = 10;

  private final Core core;
  private final Commands commands;
  private final PreviewTable table;

  PreviewOperations(Core core, Commands commands, PreviewTable table) {
    this.core = core;
    this.commands = commands;
    this.table = table;
  }

  void offer() {
    core.operations()
        .on("Fleetmend.PreviewPatchOperation", PreviewPatchOperationRequest.class, this::preview);
    core.operations().on("Fleetmend.GetPatchPreview", GetPatchPreviewRequest.class, this::get);
    core.work().on(PREVIEWED, this::ended);
  }

  private PreviewPatchOperationResponse preview(
      PreviewPatchOperationRequest request, Caller caller) {
    PreviewCheck.require(
        List.of("Install", "Uninstall").contains(request.operation()),
        "Operation must be Install or Uninstall");
    Map<String, List<String>> parameters = new HashMap<>();
    parameters.put("Operation", List.of("Preview" + request.operation()));
    put(parameters, "RebootOption", request.rebootOption());
    put(parameters, "BaselineOverrideText", request.baselineOverride());
    put(parameters, "TransactionId", request.transactionId());
    put(parameters, "WithNewer", request.withNewer() ? "true" : "");
    SendCommandRequest.Builder command =
        SendCommandRequest.builder()
            .documentName(DOCUMENT)
            .parameters(parameters)
            .maxConcurrency(ALL)
            .maxErrors(ALL);
    if (!request.instanceIds().isEmpty()) {
      command.instanceIds(request.instanceIds());
    }
    if (!request.targets().isEmpty()) {
      command.targets(
          request.targets().stream()
              .map(one -> Target.builder().key(one.key()).values(one.values()).build())
              .toList());
    }
    return core.store()
        .write(
            tx -> new PreviewPatchOperationResponse(commands.send(tx, command.build(), PREVIEWED)));
  }

  private static void put(Map<String, List<String>> parameters, String name, String value) {
    if (!value.isEmpty()) {
      parameters.put(name, List.of(value));
    }
  }

  /** The whole hash is over what the command's own targets said, and settled once; others go. */
  private void ended(CommandEnded ended) {
    core.store()
        .change(
            tx -> {
              List<PreviewTable.Stored> all = ofTargets(tx, ended.commandId());
              List<PreviewTable.Stored> others =
                  new ArrayList<>(table.ofCommand(tx, ended.commandId()));
              others.removeAll(all);
              others.forEach(one -> table.forget(tx, ended.commandId(), one.instanceId()));
              if (!all.isEmpty() && table.whole(tx, ended.commandId()).isEmpty()) {
                long expiresAt =
                    all.stream().mapToLong(PreviewTable.Stored::expiresAt).min().orElseThrow();
                table.putWhole(
                    tx, ended.commandId(), new PreviewTable.Whole(PreviewHash.of(all), expiresAt));
              }
            });
  }

  private List<PreviewTable.Stored> ofTargets(Handle db, String commandId) {
    Set<String> targets = new HashSet<>(commands.nodes(db, commandId, Integer.MAX_VALUE));
    return table.ofCommand(db, commandId).stream()
        .filter(one -> targets.contains(one.instanceId()))
        .toList();
  }

  private GetPatchPreviewResponse get(GetPatchPreviewRequest request, Caller caller) {
    PreviewCheck.require(
        request.maxResults() >= 0 && request.maxResults() <= MOST,
        "MaxResults must be between 1 and " + MOST);
    return core.store().read(db -> get(db, request));
  }

  private GetPatchPreviewResponse get(Handle db, GetPatchPreviewRequest request) {
    CommandProgress progress =
        commands
            .progress(db, request.commandId())
            .orElseThrow(
                () ->
                    new ApiException(
                        "InvalidCommandId", "Command " + request.commandId() + " does not exist."));
    List<PreviewTable.Stored> all = ofTargets(db, request.commandId());
    Page<PreviewTable.Stored> page =
        Pages.slice(
            all,
            PreviewTable.Stored::instanceId,
            request.nextToken(),
            request.maxResults() == 0 ? null : request.maxResults(),
            DEFAULT_PAGE);
    Optional<PreviewTable.Whole> whole = table.whole(db, request.commandId());
    return new GetPatchPreviewResponse(
        request.commandId(),
        progress.status().toString(),
        whole.map(PreviewTable.Whole::hash).orElse(null),
        whole.map(one -> one.expiresAt() / 1000.0).orElse(0.0),
        progress.targetCount(),
        all.size(),
        page.items().stream()
            .map(one -> new NodePreview(one.instanceId(), one.hash(), one.report().preview()))
            .toList(),
        page.nextToken());
  }
}
