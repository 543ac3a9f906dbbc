package dev.fleetmend.server.catalog;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/** Ids and records in memory; forgets all when it holds too many. */
final class Remembered<T> {
  private static final int MOST = 200_000;
  private final Map<T, Integer> ids = new ConcurrentHashMap<>();
  private final Map<Integer, T> records = new ConcurrentHashMap<>();

  @Nullable Integer idOf(T item) {
    return ids.get(item);
  }

  @Nullable T of(Integer id) {
    return records.get(id);
  }

  void remember(T item, Integer id) {
    if (records.size() >= MOST) {
      ids.clear();
      records.clear();
    }
    ids.put(item, id);
    records.put(id, item);
  }
}
