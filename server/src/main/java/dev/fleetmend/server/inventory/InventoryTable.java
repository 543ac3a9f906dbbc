package dev.fleetmend.server.inventory;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.fleetmend.api.AwsJson;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.ssm.model.InventoryItem;

/** The table inventory_item. */
final class InventoryTable {
  private final AwsJson json = new AwsJson();

  /** Entries as they are kept. */
  String text(List<Map<String, String>> entries) {
    return new String(json.write(InventoryItem.builder().content(entries).build()), UTF_8);
  }

  /**
   * Replaces what is kept of a node and type.
   *
   * @param receivedAt epoch milliseconds
   */
  void put(
      Handle tx,
      String instanceId,
      InventoryItem item,
      @Nullable String hash,
      String text,
      long receivedAt) {
    tx.createUpdate(
            "INSERT INTO inventory_item (instance_id, type_name, schema_version, capture_time,"
                + " content_hash, received_at, bytes, content) VALUES (:instance, :type, :version,"
                + " :captured, :hash, :receivedAt, :bytes, :content)"
                + " ON CONFLICT (instance_id, type_name) DO UPDATE SET"
                + " schema_version = EXCLUDED.schema_version,"
                + " capture_time = EXCLUDED.capture_time,"
                + " content_hash = EXCLUDED.content_hash,"
                + " received_at = EXCLUDED.received_at, bytes = EXCLUDED.bytes,"
                + " content = EXCLUDED.content")
        .bind("instance", instanceId)
        .bind("type", item.typeName())
        .bind("version", item.schemaVersion())
        .bind("captured", item.captureTime())
        .bind("hash", hash)
        .bind("receivedAt", receivedAt)
        .bind("bytes", text.getBytes(UTF_8).length)
        .bind("content", text)
        .execute();
  }

  /** Notes that content of this hash was captured again; false where it is not what is kept. */
  boolean seen(Handle tx, String instanceId, InventoryItem item, String hash) {
    return tx.createUpdate(
                "UPDATE inventory_item SET capture_time = :captured WHERE instance_id = :instance"
                    + " AND type_name = :type AND content_hash = :hash")
            .bind("instance", instanceId)
            .bind("type", item.typeName())
            .bind("captured", item.captureTime())
            .bind("hash", hash)
            .execute()
        == 1;
  }

  /** The bytes of all that is kept of a node. */
  long bytes(Handle db, String instanceId) {
    return db.createQuery(
            "SELECT COALESCE(SUM(bytes), 0) FROM inventory_item WHERE instance_id = :instance")
        .bind("instance", instanceId)
        .mapTo(Long.class)
        .one();
  }

  Optional<InventoryContent> find(Handle db, String instanceId, String typeName) {
    return db.createQuery(
            "SELECT schema_version, capture_time, content_hash, content FROM inventory_item"
                + " WHERE instance_id = :instance AND type_name = :type")
        .bind("instance", instanceId)
        .bind("type", typeName)
        .map(
            (row, context) ->
                new InventoryContent(
                    typeName,
                    row.getString(1),
                    row.getString(2),
                    row.getString(3),
                    json.read(row.getString(4).getBytes(UTF_8), InventoryItem.class).content()))
        .findOne();
  }

  /** How many nodes have a type, by its versions. */
  Map<String, Integer> versions(Handle db, String typeName) {
    Map<String, Integer> versions = new TreeMap<>();
    db.createQuery(
            "SELECT schema_version, COUNT(*) FROM inventory_item WHERE type_name = :type"
                + " GROUP BY schema_version")
        .bind("type", typeName)
        .map((row, context) -> Map.entry(row.getString(1), row.getInt(2)))
        .forEach(version -> versions.put(version.getKey(), version.getValue()));
    return versions;
  }

  /** Deletes what some nodes have of a type from before a time; gives how many it were. */
  int delete(Handle tx, String typeName, long receivedUntil, int most) {
    return tx.createUpdate(
            "DELETE FROM inventory_item WHERE type_name = :type AND instance_id IN (SELECT"
                + " instance_id FROM inventory_item WHERE type_name = :type"
                + " AND received_at <= :until ORDER BY instance_id LIMIT :most)")
        .bind("type", typeName)
        .bind("until", receivedUntil)
        .bind("most", most)
        .execute();
  }

  void forget(Handle tx, String instanceId) {
    tx.createUpdate("DELETE FROM inventory_item WHERE instance_id = :instance")
        .bind("instance", instanceId)
        .execute();
  }
}
