package dev.fleetmend.server.compliance;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.fleetmend.api.AwsJson;
import dev.fleetmend.patching.baseline.ComplianceLevel;
import dev.fleetmend.protocol.json.Naming;
import dev.fleetmend.protocol.json.RecordJson;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.StatementContext;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.ssm.model.ComplianceItemEntry;
import software.amazon.awssdk.services.ssm.model.ComplianceStatus;
import software.amazon.awssdk.services.ssm.model.PutComplianceItemsRequest;

/** The table compliance. */
final class ComplianceTable {
  private static final String COLUMNS =
      "SELECT resource_id, compliance_type, status, overall_severity, executed_at, execution_id,"
          + " execution_type, patch_group, baseline_id, content_hash FROM compliance";
  private final RecordJson json = new RecordJson(Naming.CAMEL);
  private final AwsJson awsJson = new AwsJson();

  /**
   * Replaces what is kept of a resource and type.
   *
   * @param items those uploaded; null where they are derived
   */
  void put(
      Handle tx, ComplianceRow row, ItemCounts counts, @Nullable List<ComplianceItemEntry> items) {
    tx.createUpdate(
            "INSERT INTO compliance (resource_id, compliance_type, status, overall_severity,"
                + " executed_at, execution_id, execution_type, patch_group, baseline_id,"
                + " content_hash, counts, items) VALUES (:resource, :type, :status, :severity,"
                + " :executedAt, :executionId, :executionType, :patchGroup, :baseline, :hash,"
                + " :counts, :items) ON CONFLICT (resource_id, compliance_type) DO UPDATE SET"
                + " status = EXCLUDED.status, overall_severity = EXCLUDED.overall_severity,"
                + " executed_at = EXCLUDED.executed_at, execution_id = EXCLUDED.execution_id,"
                + " execution_type = EXCLUDED.execution_type,"
                + " patch_group = EXCLUDED.patch_group, baseline_id = EXCLUDED.baseline_id,"
                + " content_hash = EXCLUDED.content_hash, counts = EXCLUDED.counts,"
                + " items = EXCLUDED.items")
        .bind("resource", row.resourceId())
        .bind("type", row.type())
        .bind("status", row.status().toString())
        .bind("severity", row.overallSeverity().name())
        .bind("executedAt", row.executedAt())
        .bind("executionId", row.executionId())
        .bind("executionType", row.executionType())
        .bind("patchGroup", row.patchGroup())
        .bind("baseline", row.baselineId())
        .bind("hash", row.contentHash())
        .bind("counts", new String(json.write(counts), UTF_8))
        .bind("items", items == null ? null : text(items))
        .execute();
  }

  /** The bytes that items take when they are kept. */
  int size(List<ComplianceItemEntry> items) {
    return text(items).getBytes(UTF_8).length;
  }

  private String text(List<ComplianceItemEntry> items) {
    return new String(
        awsJson.write(PutComplianceItemsRequest.builder().items(items).build()), UTF_8);
  }

  /** A row that no other transaction changes until this one ends. */
  Optional<ComplianceRow> lock(Handle tx, String resourceId, String type) {
    tx.createUpdate(
            "UPDATE compliance SET resource_id = resource_id"
                + " WHERE resource_id = :resource AND compliance_type = :type")
        .bind("resource", resourceId)
        .bind("type", type)
        .execute();
    return ofResource(tx, resourceId).stream().filter(row -> row.type().equals(type)).findFirst();
  }

  /** A resource's rows, by type. */
  List<ComplianceRow> ofResource(Handle db, String resourceId) {
    return db
        .createQuery(COLUMNS + " WHERE resource_id = :resource")
        .bind("resource", resourceId)
        .map(ComplianceTable::row)
        .stream()
        .sorted(Comparator.comparing(ComplianceRow::type))
        .toList();
  }

  /** The rows of the next resource after one, by type; none at the end. */
  List<ComplianceRow> ofNextResource(Handle db, String resourceId) {
    return db.createQuery("SELECT MIN(resource_id) FROM compliance WHERE resource_id > :resource")
        .bind("resource", resourceId)
        .mapTo(String.class)
        .findOne()
        .map(next -> ofResource(db, next))
        .orElse(List.of());
  }

  /** Some rows by resource and type, those after a resource and type. */
  List<ComplianceRow> after(Handle db, String resourceId, String type, int most) {
    return db.createQuery(
            COLUMNS
                + " WHERE resource_id > :resource OR (resource_id = :resource"
                + " AND compliance_type > :type) ORDER BY resource_id, compliance_type LIMIT :most")
        .bind("resource", resourceId)
        .bind("type", type)
        .bind("most", most)
        .map(ComplianceTable::row)
        .list();
  }

  ItemCounts counts(Handle db, ComplianceRow row) {
    return db.createQuery(
            "SELECT counts FROM compliance WHERE resource_id = :resource"
                + " AND compliance_type = :type")
        .bind("resource", row.resourceId())
        .bind("type", row.type())
        .mapTo(String.class)
        .findOne()
        .map(text -> json.read(text.getBytes(UTF_8), ItemCounts.class))
        .orElseGet(() -> ItemCounts.of(List.of(), List.of()));
  }

  /** The uploaded items of a row. */
  List<ComplianceItemEntry> items(Handle db, ComplianceRow row) {
    return db.createQuery(
            "SELECT items FROM compliance WHERE resource_id = :resource"
                + " AND compliance_type = :type AND items IS NOT NULL")
        .bind("resource", row.resourceId())
        .bind("type", row.type())
        .mapTo(String.class)
        .findOne()
        .map(text -> awsJson.read(text.getBytes(UTF_8), PutComplianceItemsRequest.class).items())
        .orElse(List.of());
  }

  void delete(Handle tx, String resourceId, String type) {
    tx.createUpdate(
            "DELETE FROM compliance WHERE resource_id = :resource AND compliance_type = :type")
        .bind("resource", resourceId)
        .bind("type", type)
        .execute();
  }

  void forget(Handle tx, String resourceId) {
    tx.createUpdate("DELETE FROM compliance WHERE resource_id = :resource")
        .bind("resource", resourceId)
        .execute();
  }

  /** Whether a node's patch states were derived by a server that did not summarize them yet. */
  boolean lacksPatchSummaries(Handle db) {
    return db.createQuery(
            "SELECT 1 FROM node_patch_state WHERE NOT EXISTS (SELECT 1 FROM compliance WHERE"
                + " resource_id = instance_id AND compliance_type = 'Patch') LIMIT 1")
        .mapTo(Integer.class)
        .findOne()
        .isPresent();
  }

  private static ComplianceRow row(ResultSet row, StatementContext context) throws SQLException {
    return new ComplianceRow(
        row.getString("resource_id"),
        row.getString("compliance_type"),
        ComplianceStatus.fromValue(row.getString("status")),
        ComplianceLevel.valueOf(row.getString("overall_severity")),
        row.getLong("executed_at"),
        row.getString("execution_id"),
        row.getString("execution_type"),
        row.getString("patch_group"),
        row.getString("baseline_id"),
        row.getString("content_hash"));
  }
}
