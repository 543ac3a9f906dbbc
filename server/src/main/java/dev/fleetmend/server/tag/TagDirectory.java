package dev.fleetmend.server.tag;

import dev.fleetmend.api.ApiException;
import dev.fleetmend.server.store.Store;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.BiConsumer;
import java.util.function.Predicate;
import org.jdbi.v3.core.Handle;

/**
 * The tags of every resource. A capability whose resources can be tagged says so once with {@link
 * #resources}. Resource types are SSM's ResourceTypeForTagging, such as {@code ManagedInstance}.
 */
public final class TagDirectory {
  private final Store store;
  private final int most;
  private final Map<String, Predicate<String>> existence = new ConcurrentHashMap<>();

  private final List<BiConsumer<Handle, String>> whenChanged = new CopyOnWriteArrayList<>();

  /**
   * @param most how many tags a resource may carry
   */
  public TagDirectory(Store store, int most) {
    this.store = store;
    this.most = most;
  }

  /**
   * Has somebody told, with the transaction and the resource's id, when tags of any resource are
   * added or removed.
   */
  public void whenChanged(BiConsumer<Handle, String> listener) {
    whenChanged.add(listener);
  }

  /** Names how to tell whether a resource of a type exists. */
  public void resources(String resourceType, Predicate<String> exists) {
    existence.put(resourceType, exists);
  }

  /**
   * Checks that a resource is there to be tagged.
   *
   * @throws ApiException InvalidResourceId where it is not
   */
  void requireResource(String resourceType, String resourceId) {
    Predicate<String> exists = existence.get(resourceType);
    if (exists == null || !exists.test(resourceId)) {
      throw new ApiException(
          "InvalidResourceId",
          "The resource ID is not valid. Verify that you entered the correct ID and try again.");
    }
  }

  /** A resource's tags by key; empty where it has none. */
  public Map<String, String> of(String resourceType, String resourceId) {
    return store.read(db -> of(db, resourceType, resourceId));
  }

  /** A resource's tags by key, as the caller's transaction sees them. */
  public Map<String, String> of(Handle db, String resourceType, String resourceId) {
    Map<String, String> tags = new TreeMap<>();
    db.createQuery(
            "SELECT tag_key, tag_value FROM tag"
                + " WHERE resource_type = :type AND resource_id = :id")
        .bind("type", resourceType)
        .bind("id", resourceId)
        .map((row, context) -> Map.entry(row.getString(1), row.getString(2)))
        .forEach(tag -> tags.put(tag.getKey(), tag.getValue()));
    return tags;
  }

  /**
   * Adds tags, or gives those that are there new values.
   *
   * @throws ApiException TooManyTagsError where the resource would have too many
   */
  public void put(Handle tx, String resourceType, String resourceId, Map<String, String> tags) {
    Map<String, String> all = of(tx, resourceType, resourceId);
    all.putAll(tags);
    if (all.size() > most) {
      throw new ApiException("TooManyTagsError", "A resource can have at most " + most + " tags.");
    }
    tags.forEach(
        (key, value) ->
            tx.createUpdate(
                    "INSERT INTO tag (resource_type, resource_id, tag_key, tag_value)"
                        + " VALUES (:type, :id, :key, :value)"
                        + " ON CONFLICT (resource_type, resource_id, tag_key)"
                        + " DO UPDATE SET tag_value = EXCLUDED.tag_value")
                .bind("type", resourceType)
                .bind("id", resourceId)
                .bind("key", key)
                .bind("value", value)
                .execute());
    whenChanged.forEach(listener -> listener.accept(tx, resourceId));
  }

  void remove(Handle tx, String resourceType, String resourceId, List<String> keys) {
    for (String key : keys) {
      tx.createUpdate(
              "DELETE FROM tag WHERE resource_type = :type AND resource_id = :id"
                  + " AND tag_key = :key")
          .bind("type", resourceType)
          .bind("id", resourceId)
          .bind("key", key)
          .execute();
    }
    whenChanged.forEach(listener -> listener.accept(tx, resourceId));
  }

  /** Forgets all tags of a resource that is deleted. */
  public void forget(Handle tx, String resourceType, String resourceId) {
    tx.createUpdate("DELETE FROM tag WHERE resource_type = :type AND resource_id = :id")
        .bind("type", resourceType)
        .bind("id", resourceId)
        .execute();
  }

  /** The ids of the resources that have a key with one of some values, in order. */
  public List<String> withTag(String resourceType, String key, List<String> values) {
    return store.read(db -> withTag(db, resourceType, key, values));
  }

  /** As the other {@code withTag}, as the caller's transaction sees them. */
  public List<String> withTag(Handle db, String resourceType, String key, List<String> values) {
    return values.isEmpty()
        ? List.of()
        : db.createQuery(
                "SELECT resource_id FROM tag WHERE resource_type = :type"
                    + " AND tag_key = :key AND tag_value IN (<values>) ORDER BY resource_id")
            .bind("type", resourceType)
            .bind("key", key)
            .bindList("values", values)
            .mapTo(String.class)
            .list();
  }

  /** The ids of the resources that have one of some keys, whatever its value, in order. */
  public List<String> withKey(Handle db, String resourceType, List<String> keys) {
    return keys.isEmpty()
        ? List.of()
        : db.createQuery(
                "SELECT DISTINCT resource_id FROM tag WHERE resource_type = :type"
                    + " AND tag_key IN (<keys>) ORDER BY resource_id")
            .bind("type", resourceType)
            .bindList("keys", keys)
            .mapTo(String.class)
            .list();
  }
}
