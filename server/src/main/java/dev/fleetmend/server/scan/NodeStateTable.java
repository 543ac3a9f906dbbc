package dev.fleetmend.server.scan;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.fleetmend.patching.decision.PatchCounts;
import dev.fleetmend.patching.decision.PatchStatus;
import dev.fleetmend.protocol.json.Naming;
import dev.fleetmend.protocol.json.RecordJson;
import dev.fleetmend.server.catalog.Catalog;
import dev.fleetmend.server.catalog.TimedIds;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.StatementContext;

/** The rows of {@link NodeState}, each with the statuses of all its patches. */
final class NodeStateTable {
  private static final String COLUMNS =
      "SELECT instance_id, patch_group, baseline_id, baseline_version, operation, counts, memory"
          + " FROM node_patch_state";
  private final RecordJson json = new RecordJson(Naming.CAMEL);
  private final Catalog catalog;

  NodeStateTable(Catalog catalog) {
    this.catalog = catalog;
  }

  void put(Handle tx, NodeState state, List<PatchStatus> statuses) {
    tx.createUpdate(
            "INSERT INTO node_patch_state (instance_id, patch_group, baseline_id,"
                + " baseline_version, operation, counts, memory, statuses) VALUES (:instance,"
                + " :patchGroup, :baseline, :version, :operation, :counts, :memory, :statuses)"
                + " ON CONFLICT (instance_id) DO UPDATE SET patch_group = EXCLUDED.patch_group,"
                + " baseline_id = EXCLUDED.baseline_id,"
                + " baseline_version = EXCLUDED.baseline_version,"
                + " operation = EXCLUDED.operation, counts = EXCLUDED.counts,"
                + " memory = EXCLUDED.memory, statuses = EXCLUDED.statuses")
        .bind("instance", state.instanceId())
        .bind("patchGroup", state.patchGroup())
        .bind("baseline", state.baselineId())
        .bind("version", state.baselineVersion())
        .bind("operation", text(state.operation()))
        .bind("counts", text(state.counts()))
        .bind("memory", text(state.memory()))
        .bind("statuses", ids(tx, statuses))
        .execute();
  }

  /** A node's state, which no other transaction changes until this one ends. */
  Optional<NodeState> lock(Handle tx, String instanceId) {
    tx.createUpdate(
            "UPDATE node_patch_state SET instance_id = instance_id WHERE instance_id = :instance")
        .bind("instance", instanceId)
        .execute();
    return find(tx, instanceId);
  }

  Optional<NodeState> find(Handle db, String instanceId) {
    return find(db, List.of(instanceId)).stream().findFirst();
  }

  /** The states of nodes, by instance id; nodes without one are not in it. */
  List<NodeState> find(Handle db, Collection<String> instanceIds) {
    return instanceIds.isEmpty()
        ? List.of()
        : db.createQuery(COLUMNS + " WHERE instance_id IN (<ids>) ORDER BY instance_id")
            .bindList("ids", List.copyOf(instanceIds))
            .map(this::row)
            .list();
  }

  /** The states of a patch group's nodes, by instance id. */
  List<NodeState> ofGroup(Handle db, String patchGroup) {
    return db.createQuery(COLUMNS + " WHERE patch_group = :patchGroup ORDER BY instance_id")
        .bind("patchGroup", patchGroup)
        .map(this::row)
        .list();
  }

  /** The states of the nodes after one, by instance id. */
  List<NodeState> after(Handle db, String instanceId, int most) {
    return db.createQuery(
            COLUMNS + " WHERE instance_id > :after ORDER BY instance_id LIMIT " + most)
        .bind("after", instanceId)
        .map(this::row)
        .list();
  }

  /** The statuses of a node's patches, by name, arch and version. */
  List<PatchStatus> statuses(Handle db, String instanceId) {
    Optional<byte[]> ids =
        db.createQuery("SELECT statuses FROM node_patch_state WHERE instance_id = :instance")
            .bind("instance", instanceId)
            .map((row, context) -> row.getBytes(1))
            .findOne();
    return ids.map(bytes -> statuses(db, TimedIds.read(bytes))).orElse(List.of());
  }

  void forget(Handle tx, String instanceId) {
    for (String table : List.of("node_patch_state", "node_facts", "patch_operation")) {
      tx.createUpdate("DELETE FROM " + table + " WHERE instance_id = :instance")
          .bind("instance", instanceId)
          .execute();
    }
  }

  private byte[] ids(Handle tx, List<PatchStatus> statuses) {
    List<Integer> ids =
        catalog.statuses().idsOf(tx, statuses.stream().map(status -> at(status, 0)).toList());
    Map<Integer, Long> times = new HashMap<>();
    for (int index = 0; index < ids.size(); index++) {
      times.put(ids.get(index), statuses.get(index).installedAt());
    }
    return TimedIds.write(times);
  }

  private List<PatchStatus> statuses(Handle db, SortedMap<Integer, Long> times) {
    List<PatchStatus> shared = catalog.statuses().of(db, times.keySet());
    List<Long> installedAt = List.copyOf(times.values());
    List<PatchStatus> statuses = new ArrayList<>();
    for (int index = 0; index < shared.size(); index++) {
      statuses.add(at(shared.get(index), installedAt.get(index)));
    }
    statuses.sort(PatchStatus.BY_PACKAGE);
    return statuses;
  }

  private static PatchStatus at(PatchStatus status, long installedAt) {
    return new PatchStatus(
        status.name(),
        status.arch(),
        status.version(),
        status.state(),
        status.complianceLevel(),
        status.classification(),
        status.severity(),
        status.security(),
        status.cves(),
        installedAt,
        status.why(),
        status.title());
  }

  private NodeState row(ResultSet row, StatementContext context) throws SQLException {
    return new NodeState(
        row.getString("instance_id"),
        row.getString("patch_group"),
        row.getString("baseline_id"),
        row.getLong("baseline_version"),
        json.read(row.getString("operation").getBytes(UTF_8), PatchOperation.class),
        json.read(row.getString("counts").getBytes(UTF_8), PatchCounts.class),
        json.read(row.getString("memory").getBytes(UTF_8), PatchMemory.class));
  }

  private String text(Record document) {
    return new String(json.write(document), UTF_8);
  }
}
