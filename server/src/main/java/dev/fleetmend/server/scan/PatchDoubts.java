package dev.fleetmend.server.scan;

import dev.fleetmend.api.ApiException;
import dev.fleetmend.patching.decision.Doubts;
import dev.fleetmend.server.Core;
import dev.fleetmend.server.operation.Caller;
import dev.fleetmend.server.rollback.HeldVersion;
import dev.fleetmend.server.rollback.Quarantine;
import dev.fleetmend.server.scan.DescribePatchDoubtsResponse.NodeDoubts;
import java.util.List;
import java.util.Optional;
import org.jdbi.v3.core.Handle;

/** {@code Fleetmend.DescribePatchDoubts}. */
final class PatchDoubts {
  private static final int MOST = 50;

  private final Core core;
  private final FactsTable facts;
  private final NodeStateTable states;
  private final Quarantine quarantine;

  PatchDoubts(Core core, FactsTable facts, NodeStateTable states, Quarantine quarantine) {
    this.core = core;
    this.facts = facts;
    this.states = states;
    this.quarantine = quarantine;
  }

  void offer() {
    core.operations()
        .on("Fleetmend.DescribePatchDoubts", DescribePatchDoubtsRequest.class, this::describe);
  }

  private DescribePatchDoubtsResponse describe(DescribePatchDoubtsRequest request, Caller caller) {
    List<String> ids = request.instanceIds();
    if (ids.isEmpty() || ids.size() > MOST) {
      throw new ApiException(
          "ValidationException", "InstanceIds must name between 1 and " + MOST + " nodes");
    }
    return core.store()
        .read(
            db ->
                new DescribePatchDoubtsResponse(
                    ids.stream().distinct().flatMap(id -> node(db, id).stream()).toList()));
  }

  private Optional<NodeDoubts> node(Handle db, String instanceId) {
    return facts.header(db, instanceId).map(header -> doubts(db, instanceId, header));
  }

  private NodeDoubts doubts(Handle db, String instanceId, HostHeader header) {
    String patchGroup = states.find(db, instanceId).map(NodeState::patchGroup).orElse("");
    List<HeldVersion> held = quarantine.heldFrom(db, instanceId, patchGroup);
    return new NodeDoubts(
        instanceId,
        header.lists().refreshedAt(),
        Doubts.of(header.lists(), header.unfinished(), core.clock().instant()),
        held.size(),
        (int) held.stream().flatMap(version -> version.cves().stream()).distinct().count());
  }
}
