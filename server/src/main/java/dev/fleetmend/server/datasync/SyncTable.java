package dev.fleetmend.server.datasync;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.fleetmend.api.AwsJson;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.jdbi.v3.core.Handle;
import software.amazon.awssdk.services.ssm.model.ResourceDataSyncItem;

/** The tables of resource data syncs. */
final class SyncTable {
  private final AwsJson json = new AwsJson();

  /** False where there is one of that name and type. */
  boolean insert(Handle tx, ResourceDataSyncItem sync) {
    return tx.createUpdate(
                "INSERT INTO resource_data_sync (name, type, document)"
                    + " VALUES (:name, :type, :document) ON CONFLICT (name, type) DO NOTHING")
            .bind("name", sync.syncName())
            .bind("type", sync.syncType())
            .bind("document", text(sync))
            .execute()
        == 1;
  }

  /** Changes a sync, unless it was deleted. */
  void update(Handle tx, ResourceDataSyncItem sync) {
    tx.createUpdate(
            "UPDATE resource_data_sync SET document = :document"
                + " WHERE name = :name AND type = :type")
        .bind("name", sync.syncName())
        .bind("type", sync.syncType())
        .bind("document", text(sync))
        .execute();
  }

  Optional<ResourceDataSyncItem> find(Handle db, String name, String type) {
    return db.createQuery(
            "SELECT document FROM resource_data_sync WHERE name = :name AND type = :type")
        .bind("name", name)
        .bind("type", type)
        .mapTo(String.class)
        .findOne()
        .map(this::sync);
  }

  List<ResourceDataSyncItem> all(Handle db) {
    return db.createQuery("SELECT document FROM resource_data_sync")
        .mapTo(String.class)
        .map(this::sync)
        .list();
  }

  boolean delete(Handle tx, String name, String type) {
    tx.createUpdate("DELETE FROM resource_data_sync_object WHERE sync_name = :name")
        .bind("name", name)
        .execute();
    return tx.createUpdate("DELETE FROM resource_data_sync WHERE name = :name AND type = :type")
            .bind("name", name)
            .bind("type", type)
            .execute()
        == 1;
  }

  /** The hashes of what was written of a node, by inventory type. */
  Map<String, String> written(Handle db, String name, String instanceId) {
    Map<String, String> written = new TreeMap<>();
    db.createQuery(
            "SELECT type_name, hash FROM resource_data_sync_object"
                + " WHERE sync_name = :name AND instance_id = :instance")
        .bind("name", name)
        .bind("instance", instanceId)
        .map((row, context) -> Map.entry(row.getString(1), row.getString(2)))
        .forEach(object -> written.put(object.getKey(), object.getValue()));
    return written;
  }

  void written(Handle tx, String name, String instanceId, Map<String, String> hashes) {
    hashes.forEach(
        (type, hash) ->
            tx.createUpdate(
                    "INSERT INTO resource_data_sync_object (sync_name, instance_id, type_name,"
                        + " hash) VALUES (:name, :instance, :type, :hash)"
                        + " ON CONFLICT (sync_name, instance_id, type_name)"
                        + " DO UPDATE SET hash = EXCLUDED.hash")
                .bind("name", name)
                .bind("instance", instanceId)
                .bind("type", type)
                .bind("hash", hash)
                .execute());
  }

  void forget(Handle tx, String instanceId) {
    tx.createUpdate("DELETE FROM resource_data_sync_object WHERE instance_id = :instance")
        .bind("instance", instanceId)
        .execute();
  }

  private String text(ResourceDataSyncItem sync) {
    return new String(json.write(sync), UTF_8);
  }

  private ResourceDataSyncItem sync(String document) {
    return json.read(document.getBytes(UTF_8), ResourceDataSyncItem.class);
  }
}
