package dev.fleetmend.server.catalog;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.fleetmend.protocol.json.Naming;
import dev.fleetmend.protocol.json.RecordJson;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jdbi.v3.core.Handle;

/**
 * Records of one kind, each stored once and known by an integer for good. What is committed is
 * remembered in memory too, up to a bound.
 */
public final class Interned<T extends Record> {
  private final Class<T> type;
  private final CatalogTable table;
  private final Remembered<T> remembered = new Remembered<>();
  private final RecordJson json = new RecordJson(Naming.CAMEL);

  Interned(String kind, Class<T> type) {
    this.type = type;
    this.table = new CatalogTable(kind);
  }

  /** The ids of records, in their order; new records are stored. */
  public List<Integer> idsOf(Handle tx, List<T> records) {
    Map<T, Integer> ids = new HashMap<>();
    Map<String, T> unknown = new LinkedHashMap<>();
    Map<String, String> contents = new LinkedHashMap<>();
    for (T item : records) {
      Integer id = remembered.idOf(item);
      if (id != null) {
        ids.put(item, id);
      } else {
        byte[] content = json.write(item);
        String hash = sha256(content);
        unknown.put(hash, item);
        contents.put(hash, new String(content, UTF_8));
      }
    }
    if (!unknown.isEmpty()) {
      Map<String, Integer> found = table.find(tx, unknown.keySet());
      contents.keySet().removeAll(found.keySet());
      if (!contents.isEmpty()) {
        found.putAll(table.add(tx, contents));
      }
      unknown.forEach((hash, item) -> ids.put(item, Objects.requireNonNull(found.get(hash))));
      Map<T, Integer> committed = Map.copyOf(ids);
      tx.afterCommit(() -> committed.forEach(remembered::remember));
    }
    return records.stream().map(item -> Objects.requireNonNull(ids.get(item))).toList();
  }

  /** The records of ids, in their order. Ids that are not there are passed over. */
  public List<T> of(Handle db, Collection<Integer> ids) {
    List<Integer> unknown = new ArrayList<>();
    Map<Integer, T> found = new HashMap<>();
    for (Integer id : ids) {
      T item = remembered.of(id);
      if (item != null) {
        found.put(id, item);
      } else {
        unknown.add(id);
      }
    }
    table
        .contents(db, unknown)
        .forEach(
            (id, content) -> {
              T item = json.read(content.getBytes(UTF_8), type);
              remembered.remember(item, id);
              found.put(id, item);
            });
    return ids.stream().map(found::get).filter(Objects::nonNull).toList();
  }

  private static String sha256(byte[] content) {
    try {
      return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(content));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every JDK has SHA-256", e);
    }
  }
}
