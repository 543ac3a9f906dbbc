package dev.fleetmend.server.scan;

import dev.fleetmend.api.ApiException;
import dev.fleetmend.patching.exchange.FactsReport;
import dev.fleetmend.patching.exchange.PatchRunPlan;
import dev.fleetmend.patching.exchange.PatchRunReport;
import dev.fleetmend.patching.exchange.PatchRunRequest;
import dev.fleetmend.patching.exchange.PatchRunSummary;
import dev.fleetmend.patching.fact.HostFacts;

/**
 * The three steps of a patch run, for a node that has proved elsewhere who it is. Each opens its
 * own transactions and throws {@link ApiException} ValidationException for what cannot be taken.
 */
public interface PatchRuns {
  /** Looks whether facts could be taken; changes nothing. */
  void check(HostFacts facts);

  /** Takes the facts. */
  void report(FactsReport report);

  /** Says what goes in, by the facts last taken. */
  PatchRunPlan begin(PatchRunRequest request);

  /** Records the run and derives the states by the facts last taken. */
  PatchRunSummary end(PatchRunReport report);
}
