package dev.fleetmend.server.scan;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.fleetmend.api.AwsJson;
import java.time.Clock;
import java.time.Duration;
import java.util.Optional;
import org.jdbi.v3.core.Handle;
import software.amazon.awssdk.services.ssm.model.GetPatchBaselineResponse;

/**
 * One evaluation for all nodes of a patch group and operating system that name the same snapshot,
 * for three days; after that the id means a new one.
 */
final class SnapshotTable {
  static final Duration KEPT = Duration.ofDays(3);
  private final AwsJson json;
  private final Clock clock;

  SnapshotTable(AwsJson json, Clock clock) {
    this.json = json;
    this.clock = clock;
  }

  /**
   * The baseline frozen under a snapshot; the one given where there is none yet.
   *
   * @param createdAt when it was frozen, epoch milliseconds
   */
  record Frozen(GetPatchBaselineResponse baseline, String patchGroup, long createdAt) {}

  Frozen freeze(
      Handle tx, String snapshotId, String patchGroup, GetPatchBaselineResponse baseline) {
    long now = clock.millis();
    String system = baseline.operatingSystemAsString();
    tx.createUpdate("DELETE FROM patch_snapshot WHERE created_at <= :old")
        .bind("old", now - KEPT.toMillis())
        .execute();
    tx.createUpdate(
            "INSERT INTO patch_snapshot (snapshot_id, patch_group, operating_system, baseline,"
                + " created_at) VALUES (:snapshot, :patchGroup, :system, :baseline, :now)"
                + " ON CONFLICT (snapshot_id, patch_group, operating_system) DO NOTHING")
        .bind("snapshot", snapshotId)
        .bind("patchGroup", patchGroup)
        .bind("system", system)
        .bind("baseline", new String(json.write(baseline), UTF_8))
        .bind("now", now)
        .execute();
    return find(tx, snapshotId, patchGroup, system).orElseThrow();
  }

  Optional<Frozen> find(Handle db, String snapshotId, String patchGroup, String operatingSystem) {
    return db.createQuery(
            "SELECT baseline, created_at FROM patch_snapshot WHERE snapshot_id = :snapshot"
                + " AND patch_group = :patchGroup AND operating_system = :system")
        .bind("snapshot", snapshotId)
        .bind("patchGroup", patchGroup)
        .bind("system", operatingSystem)
        .map(
            (row, context) ->
                new Frozen(
                    json.read(row.getString(1).getBytes(UTF_8), GetPatchBaselineResponse.class),
                    patchGroup,
                    row.getLong(2)))
        .findOne();
  }
}
