package dev.fleetmend.node.patch;

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

/**
 * The server's side of a patch run, as the node sees it. An {@link IOException} is an outage, worth
 * trying again; a {@link RefusedException} is the server's answer, and stays one.
 */
public interface PatchServer {
  /** {@code Fleetmend.ReportFacts}. */
  FactsAccepted reportFacts(FactsReport report) throws IOException, RefusedException;

  /** {@code Fleetmend.BeginPatchRun}. */
  PatchRunPlan begin(PatchRunRequest request) throws IOException, RefusedException;

  /** {@code Fleetmend.EndPatchRun}; said again for the same command it changes nothing. */
  PatchRunSummary end(PatchRunReport report) throws IOException, RefusedException;

  /** {@code Fleetmend.ReportPatchPreview}. */
  PreviewAccepted reportPreview(PreviewReport report) throws IOException, RefusedException;

  /** {@code Fleetmend.TakePatchPreview}. */
  HeldPreview takePreview(HeldPreviewRequest request) throws IOException, RefusedException;

  /** {@code Fleetmend.ReportTransactions}. */
  TransactionsAccepted reportTransactions(TransactionsReport report)
      throws IOException, RefusedException;
}
