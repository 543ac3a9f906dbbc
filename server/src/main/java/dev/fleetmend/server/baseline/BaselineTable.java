package dev.fleetmend.server.baseline;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.fleetmend.api.AwsJson;
import java.util.List;
import java.util.Optional;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.StatementContext;
import software.amazon.awssdk.services.ssm.model.GetPatchBaselineResponse;

/** Custom baselines and the chosen defaults, as rows. A baseline is kept as GetPatchBaseline's. */
final class BaselineTable {
  private final AwsJson json;

  BaselineTable(AwsJson json) {
    this.json = json;
  }

  /** A row: the baseline and how often it was changed, plus one. */
  record Stored(GetPatchBaselineResponse baseline, long version) {}

  void insert(Handle tx, GetPatchBaselineResponse baseline) {
    tx.createUpdate(
            "INSERT INTO patch_baseline (id, name, operating_system, document, version)"
                + " VALUES (:id, :name, :os, :document, 1)")
        .bind("id", baseline.baselineId())
        .bind("name", baseline.name())
        .bind("os", baseline.operatingSystemAsString())
        .bind("document", text(baseline))
        .execute();
  }

  void update(Handle tx, GetPatchBaselineResponse baseline) {
    tx.createUpdate(
            "UPDATE patch_baseline SET name = :name, document = :document, version = version + 1"
                + " WHERE id = :id")
        .bind("id", baseline.baselineId())
        .bind("name", baseline.name())
        .bind("document", text(baseline))
        .execute();
  }

  void delete(Handle tx, String id) {
    tx.createUpdate("DELETE FROM patch_baseline WHERE id = :id").bind("id", id).execute();
  }

  Optional<Stored> find(Handle db, String id) {
    return db.createQuery("SELECT document, version FROM patch_baseline WHERE id = :id")
        .bind("id", id)
        .map(this::row)
        .findOne();
  }

  List<Stored> all(Handle db) {
    return db.createQuery("SELECT document, version FROM patch_baseline").map(this::row).list();
  }

  int count(Handle db) {
    return db.createQuery("SELECT COUNT(*) FROM patch_baseline").mapTo(Integer.class).one();
  }

  Optional<String> chosenDefault(Handle db, String operatingSystem) {
    return db.createQuery(
            "SELECT baseline_id FROM default_patch_baseline WHERE operating_system = :os")
        .bind("os", operatingSystem)
        .mapTo(String.class)
        .findOne();
  }

  void chooseDefault(Handle tx, String operatingSystem, String baselineId) {
    tx.createUpdate(
            "INSERT INTO default_patch_baseline (operating_system, baseline_id)"
                + " VALUES (:os, :id) ON CONFLICT (operating_system)"
                + " DO UPDATE SET baseline_id = EXCLUDED.baseline_id")
        .bind("os", operatingSystem)
        .bind("id", baselineId)
        .execute();
  }

  private String text(GetPatchBaselineResponse baseline) {
    return new String(json.write(baseline), UTF_8);
  }

  private Stored row(java.sql.ResultSet row, StatementContext context)
      throws java.sql.SQLException {
    return new Stored(
        json.read(row.getString(1).getBytes(UTF_8), GetPatchBaselineResponse.class),
        row.getLong(2));
  }
}
