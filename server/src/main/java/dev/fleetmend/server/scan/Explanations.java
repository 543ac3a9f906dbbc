package dev.fleetmend.server.scan;

import dev.fleetmend.api.ApiException;
import dev.fleetmend.patching.decision.Doubts;
import dev.fleetmend.patching.decision.PatchStatus;
import dev.fleetmend.server.Core;
import dev.fleetmend.server.operation.Caller;
import dev.fleetmend.server.scan.ExplainPatchesResponse.Explanation;
import dev.fleetmend.server.store.Page;
import dev.fleetmend.server.store.Pages;
import java.util.Comparator;
import java.util.List;
import org.jdbi.v3.core.Handle;

/** {@code Fleetmend.ExplainPatches}. */
final class Explanations {
  private static final int MOST = 100;
  private static final int DEFAULT_PAGE = 50;

  private final Core core;
  private final FactsTable facts;
  private final NodeStateTable states;

  Explanations(Core core, FactsTable facts, NodeStateTable states) {
    this.core = core;
    this.facts = facts;
    this.states = states;
  }

  void offer() {
    core.operations().on("Fleetmend.ExplainPatches", ExplainPatchesRequest.class, this::explain);
  }

  private ExplainPatchesResponse explain(ExplainPatchesRequest request, Caller caller) {
    if (request.maxResults() < 0 || request.maxResults() > MOST) {
      throw new ApiException("ValidationException", "MaxResults must be between 1 and " + MOST);
    }
    return core.store().read(db -> explain(db, request));
  }

  private ExplainPatchesResponse explain(Handle db, ExplainPatchesRequest request) {
    NodeState state = states.find(db, request.instanceId()).orElseThrow(() -> unknown(request));
    StoredFacts stored = facts.find(db, request.instanceId()).orElseThrow(() -> unknown(request));
    Page<Explanation> page =
        Pages.slice(
            states.statuses(db, request.instanceId()).stream()
                .map(Explanations::explanation)
                .sorted(Comparator.comparing(Explanations::key))
                .toList(),
            Explanations::key,
            request.nextToken(),
            request.maxResults() == 0 ? null : request.maxResults(),
            DEFAULT_PAGE);
    return new ExplainPatchesResponse(
        request.instanceId(),
        state.baselineId(),
        state.patchGroup(),
        stored.reportedAt() / 1000.0,
        Doubts.of(stored.facts(), core.clock().instant()),
        page.items(),
        page.nextToken());
  }

  private static Explanation explanation(PatchStatus status) {
    return new Explanation(
        PatchNames.title(status.name(), status.arch(), status.version()),
        status.state().wireName(),
        status.complianceLevel().name(),
        status.cves(),
        status.why());
  }

  private static String key(Explanation explanation) {
    List<String> parts = List.of(explanation.title(), explanation.state());
    return String.join(" ", parts);
  }

  private static ApiException unknown(ExplainPatchesRequest request) {
    return new ApiException(
        "InvalidInstanceId",
        "No patch operation of the managed node " + request.instanceId() + " is known.");
  }
}
