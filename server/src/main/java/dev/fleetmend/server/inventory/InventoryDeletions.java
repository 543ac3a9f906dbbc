package dev.fleetmend.server.inventory;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.fleetmend.api.ApiException;
import dev.fleetmend.api.AwsJson;
import dev.fleetmend.server.Core;
import dev.fleetmend.server.operation.Caller;
import dev.fleetmend.server.store.Page;
import dev.fleetmend.server.store.Pages;
import dev.fleetmend.server.work.WorkKind;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.jdbi.v3.core.Handle;
import software.amazon.awssdk.services.ssm.model.DeleteInventoryRequest;
import software.amazon.awssdk.services.ssm.model.DeleteInventoryResponse;
import software.amazon.awssdk.services.ssm.model.DescribeInventoryDeletionsRequest;
import software.amazon.awssdk.services.ssm.model.DescribeInventoryDeletionsResponse;
import software.amazon.awssdk.services.ssm.model.InventoryDeletionStatusItem;
import software.amazon.awssdk.services.ssm.model.InventoryDeletionSummary;
import software.amazon.awssdk.services.ssm.model.InventoryDeletionSummaryItem;
import software.amazon.awssdk.services.ssm.model.InventorySchemaDeleteOption;

/** DeleteInventory, carried out as durable work in small steps, and DescribeInventoryDeletions. */
final class InventoryDeletions {
  private static final WorkKind<Deletion> KIND = new WorkKind<>("inventory.delete", Deletion.class);
  private static final String COLUMNS =
      "SELECT id, type_name, started_at, updated_at, complete, summary FROM inventory_deletion";
  private static final int DEFAULT_PAGE = 50;
  private static final int AT_ONCE = 500;

  private final Core core;
  private final InventoryTable table;
  private final CustomTypes customTypes;
  private final AwsJson json = new AwsJson();

  InventoryDeletions(Core core, InventoryTable table, CustomTypes customTypes) {
    this.core = core;
    this.table = table;
    this.customTypes = customTypes;
  }

  /** A deletion that is not complete. */
  record Deletion(String id) {}

  /** A row of inventory_deletion; times are epoch milliseconds. */
  private record Stored(
      String id,
      String typeName,
      long startedAt,
      long updatedAt,
      boolean complete,
      InventoryDeletionSummary summary) {}

  void offer() {
    core.operations().on(DeleteInventoryRequest.class, this::delete);
    core.operations().on(DescribeInventoryDeletionsRequest.class, this::describe);
    core.work().on(KIND, this::run);
  }

  private DeleteInventoryResponse delete(DeleteInventoryRequest request, Caller caller) {
    if (!request.typeName().startsWith(CustomTypes.PREFIX)) {
      throw new ApiException(
          "InvalidDeleteInventoryParametersException",
          "One or more of the parameters specified for the delete operation isn't valid: only"
              + " custom inventory types can be deleted.");
    }
    return Boolean.TRUE.equals(request.dryRun())
        ? core.store().read(db -> preview(db, request))
        : core.store().write(tx -> begin(tx, request));
  }

  private DeleteInventoryResponse preview(Handle db, DeleteInventoryRequest request) {
    known(db, request.typeName());
    return DeleteInventoryResponse.builder()
        .typeName(request.typeName())
        .deletionSummary(summary(table.versions(db, request.typeName())))
        .build();
  }

  private DeleteInventoryResponse begin(Handle tx, DeleteInventoryRequest request) {
    String id =
        core.idempotency()
            .once(
                tx,
                "DeleteInventory",
                request.clientToken(),
                request.toBuilder().clientToken(null).build(),
                () -> start(tx, request));
    Stored deletion = find(tx, id).orElseThrow();
    return DeleteInventoryResponse.builder()
        .deletionId(id)
        .typeName(deletion.typeName())
        .deletionSummary(deletion.summary())
        .build();
  }

  private String start(Handle tx, DeleteInventoryRequest request) {
    String type = request.typeName();
    CustomTypes.CustomType known = known(tx, type);
    String id = core.ids().uuid();
    long now = core.clock().millis();
    InventoryDeletionSummary summary = summary(table.versions(tx, type));
    put(tx, new Stored(id, type, now, now, false, summary));
    InventorySchemaDeleteOption option = request.schemaDeleteOption();
    if (option == InventorySchemaDeleteOption.DELETE_SCHEMA) {
      customTypes.delete(tx, type);
    } else if (option == InventorySchemaDeleteOption.DISABLE_SCHEMA) {
      customTypes.disable(tx, type, known);
    }
    core.work().schedule(tx, KIND, id, new Deletion(id), core.clock().instant());
    return id;
  }

  private CustomTypes.CustomType known(Handle db, String typeName) {
    Optional<CustomTypes.CustomType> type =
        typeName.indexOf('\0') < 0 ? customTypes.find(db, typeName) : Optional.empty();
    return type.orElseThrow(
        () ->
            new ApiException(
                "InvalidTypeNameException",
                "The parameter type name " + typeName + " is not valid."));
  }

  private void run(Deletion deletion) {
    Optional<Stored> stored = core.store().read(db -> find(db, deletion.id()));
    if (stored.isEmpty() || stored.get().complete()) {
      return;
    }
    Stored begun = stored.get();
    int deleted;
    do {
      deleted =
          core.store().write(tx -> table.delete(tx, begun.typeName(), begun.startedAt(), AT_ONCE));
    } while (deleted == AT_ONCE);
    core.store().change(tx -> put(tx, completed(begun)));
  }

  private Stored completed(Stored begun) {
    InventoryDeletionSummary done =
        begun.summary().toBuilder()
            .remainingCount(0)
            .summaryItems(
                begun.summary().summaryItems().stream()
                    .map(item -> item.toBuilder().remainingCount(0).build())
                    .toList())
            .build();
    return new Stored(
        begun.id(), begun.typeName(), begun.startedAt(), core.clock().millis(), true, done);
  }

  private static InventoryDeletionSummary summary(Map<String, Integer> versions) {
    List<InventoryDeletionSummaryItem> items = new ArrayList<>();
    int total = 0;
    for (Map.Entry<String, Integer> version : versions.entrySet()) {
      total += version.getValue();
      items.add(
          InventoryDeletionSummaryItem.builder()
              .version(version.getKey())
              .count(version.getValue())
              .remainingCount(version.getValue())
              .build());
    }
    return InventoryDeletionSummary.builder()
        .totalCount(total)
        .remainingCount(total)
        .summaryItems(items)
        .build();
  }

  private DescribeInventoryDeletionsResponse describe(
      DescribeInventoryDeletionsRequest request, Caller caller) {
    String id = request.deletionId();
    List<Stored> all =
        core.store()
            .read(db -> id == null ? newest(db) : find(db, id).map(List::of).orElse(List.of()));
    if (id != null && all.isEmpty()) {
      throw new ApiException(
          "InvalidDeletionIdException", "The deletion ID " + id + " is not valid.");
    }
    Page<Stored> page =
        Pages.slice(
            all,
            deletion ->
                String.format(
                    Locale.ROOT, "%019d/%s", Long.MAX_VALUE - deletion.startedAt(), deletion.id()),
            request.nextToken(),
            request.maxResults(),
            DEFAULT_PAGE);
    return DescribeInventoryDeletionsResponse.builder()
        .inventoryDeletions(page.items().stream().map(InventoryDeletions::onTheWire).toList())
        .nextToken(page.nextToken())
        .build();
  }

  private static InventoryDeletionStatusItem onTheWire(Stored deletion) {
    return InventoryDeletionStatusItem.builder()
        .deletionId(deletion.id())
        .typeName(deletion.typeName())
        .deletionStartTime(Instant.ofEpochMilli(deletion.startedAt()))
        .lastStatus(deletion.complete() ? "Complete" : "InProgress")
        .lastStatusMessage(
            deletion.complete() ? "The Delete is complete" : "The Delete is in progress")
        .deletionSummary(deletion.summary())
        .lastStatusUpdateTime(Instant.ofEpochMilli(deletion.updatedAt()))
        .build();
  }

  private void put(Handle tx, Stored deletion) {
    tx.createUpdate(
            "INSERT INTO inventory_deletion (id, type_name, started_at, updated_at, complete,"
                + " summary) VALUES (:id, :type, :started, :updated, :complete, :summary)"
                + " ON CONFLICT (id) DO UPDATE SET updated_at = EXCLUDED.updated_at,"
                + " complete = EXCLUDED.complete, summary = EXCLUDED.summary")
        .bind("id", deletion.id())
        .bind("type", deletion.typeName())
        .bind("started", deletion.startedAt())
        .bind("updated", deletion.updatedAt())
        .bind("complete", deletion.complete())
        .bind("summary", new String(json.write(deletion.summary()), UTF_8))
        .execute();
  }

  private Optional<Stored> find(Handle db, String id) {
    return db.createQuery(COLUMNS + " WHERE id = :id")
        .bind("id", id)
        .map((row, context) -> stored(row))
        .findOne();
  }

  private List<Stored> newest(Handle db) {
    return db.createQuery(COLUMNS + " ORDER BY started_at DESC, id")
        .map((row, context) -> stored(row))
        .list();
  }

  private Stored stored(ResultSet row) throws SQLException {
    return new Stored(
        row.getString("id"),
        row.getString("type_name"),
        row.getLong("started_at"),
        row.getLong("updated_at"),
        row.getBoolean("complete"),
        json.read(row.getString("summary").getBytes(UTF_8), InventoryDeletionSummary.class));
  }
}
