package dev.fleetmend.server.preview;

import dev.fleetmend.api.ApiException;
import dev.fleetmend.patching.exchange.HeldPreview;
import dev.fleetmend.patching.exchange.HeldPreviewRequest;
import dev.fleetmend.patching.exchange.PreviewAccepted;
import dev.fleetmend.patching.exchange.PreviewReport;
import dev.fleetmend.server.Core;
import dev.fleetmend.server.operation.Caller;
import dev.fleetmend.server.operation.Self;
import java.time.Duration;
import org.jdbi.v3.core.Handle;

/** {@code Fleetmend.ReportPatchPreview} and {@code Fleetmend.TakePatchPreview}: the nodes' side. */
final class NodePreviews {
  /** How long a run can be held to a preview. */
  static final Duration LIFE = Duration.ofHours(24);

  /** How long an expired one is known, so that a run is told so. */
  private static final Duration REMEMBERED = Duration.ofDays(7);

  private final Core core;
  private final PreviewTable table;

  NodePreviews(Core core, PreviewTable table) {
    this.core = core;
    this.table = table;
  }

  void offer() {
    core.operations().on("Fleetmend.ReportPatchPreview", PreviewReport.class, this::report);
    core.operations().on("Fleetmend.TakePatchPreview", HeldPreviewRequest.class, this::take);
  }

  private PreviewAccepted report(PreviewReport report, Caller caller) {
    String instanceId = Self.of(caller, report.instanceId());
    PreviewCheck.report(report);
    PreviewReport own =
        new PreviewReport(
            instanceId,
            report.commandId(),
            report.baselineOverride(),
            report.installOverrideList(),
            report.preview());
    long now = core.clock().millis();
    long expiresAt = now + LIFE.toMillis();
    core.store()
        .change(
            tx -> {
              table.forgetBefore(tx, now - REMEMBERED.toMillis());
              if (table.whole(tx, own.commandId()).isPresent()) {
                requireSame(tx, own);
              } else {
                table.put(tx, own, expiresAt);
              }
            });
    return new PreviewAccepted(PreviewHash.of(own.preview()), expiresAt);
  }

  /** Once somebody may have read the whole, no part of it changes any more. */
  private void requireSame(Handle tx, PreviewReport report) {
    boolean same =
        table.ofCommand(tx, report.commandId()).stream()
            .anyMatch(
                one ->
                    one.instanceId().equals(report.instanceId())
                        && one.hash().equals(PreviewHash.of(report.preview())));
    PreviewCheck.require(same, "The preview of command " + report.commandId() + " has ended");
  }

  private HeldPreview take(HeldPreviewRequest request, Caller caller) {
    String instanceId = Self.of(caller, request.instanceId());
    PreviewTable.Stored stored =
        core.store()
            .read(db -> table.find(db, instanceId, request.hash()))
            .orElseThrow(
                () ->
                    new ApiException(
                        "DoesNotExistException",
                        "No preview " + request.hash() + " covers this node. Preview anew."));
    if (stored.expiresAt() <= core.clock().millis()) {
      throw new ApiException(
          "ValidationException",
          "The preview %s is more than %d hours old and has expired. Preview anew."
              .formatted(request.hash(), LIFE.toHours()));
    }
    PreviewReport report = stored.report();
    return new HeldPreview(
        report.baselineOverride(), report.installOverrideList(), report.preview());
  }
}
