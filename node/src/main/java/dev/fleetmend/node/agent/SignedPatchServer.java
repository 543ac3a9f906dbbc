package dev.fleetmend.node.agent;

import dev.fleetmend.node.http.Call;
import dev.fleetmend.node.http.ServiceClient;
import dev.fleetmend.node.http.Target;
import dev.fleetmend.node.patch.PatchServer;
import dev.fleetmend.node.patch.RefusedException;
import dev.fleetmend.patching.exchange.FactsAccepted;
import dev.fleetmend.patching.exchange.FactsReport;
import dev.fleetmend.patching.exchange.HeldPreview;
import dev.fleetmend.patching.exchange.HeldPreviewRequest;
import dev.fleetmend.patching.exchange.PatchRunPlan;
import dev.fleetmend.patching.exchange.PatchRunReport;
import dev.fleetmend.patching.exchange.PatchRunRequest;
import dev.fleetmend.patching.exchange.PatchRunSummary;
import dev.fleetmend.patching.exchange.PreviewAccepted;
import dev.fleetmend.patching.exchange.PreviewReport;
import dev.fleetmend.patching.exchange.TransactionsAccepted;
import dev.fleetmend.patching.exchange.TransactionsReport;
import java.io.IOException;
import java.time.Duration;

/** The server's side of a patch run, over signed calls. */
public final class SignedPatchServer implements PatchServer {
  private static final Duration TIMEOUT = Duration.ofMinutes(2);

  private final ServiceClient server;

  public SignedPatchServer(ServiceClient server) {
    this.server = server;
  }

  @Override
  public FactsAccepted reportFacts(FactsReport report) throws IOException, RefusedException {
    return server.call(operation("ReportFacts"), report, FactsAccepted.class);
  }

  @Override
  public PatchRunPlan begin(PatchRunRequest request) throws IOException, RefusedException {
    return server.call(operation("BeginPatchRun"), request, PatchRunPlan.class);
  }

  @Override
  public PatchRunSummary end(PatchRunReport report) throws IOException, RefusedException {
    return server.call(operation("EndPatchRun"), report, PatchRunSummary.class);
  }

  @Override
  public PreviewAccepted reportPreview(PreviewReport report) throws IOException, RefusedException {
    return server.call(operation("ReportPatchPreview"), report, PreviewAccepted.class);
  }

  @Override
  public HeldPreview takePreview(HeldPreviewRequest request) throws IOException, RefusedException {
    return server.call(operation("TakePatchPreview"), request, HeldPreview.class);
  }

  @Override
  public TransactionsAccepted reportTransactions(TransactionsReport report)
      throws IOException, RefusedException {
    return server.call(operation("ReportTransactions"), report, TransactionsAccepted.class);
  }

  private static Call operation(String name) {
    return new Call(Target.FLEETMEND, name, TIMEOUT);
  }
}
