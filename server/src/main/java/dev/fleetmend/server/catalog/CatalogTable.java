package dev.fleetmend.server.catalog;

import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.PreparedBatch;

/** The rows of the catalog. */
final class CatalogTable {
  /** Below what either engine takes as parameters of one statement. */
  private static final int CHUNK = 500;

  private final String kind;

  CatalogTable(String kind) {
    this.kind = kind;
  }

  /** The ids of the hashes that are known. */
  Map<String, Integer> find(Handle db, Collection<String> hashes) {
    Map<String, Integer> found = new HashMap<>();
    for (List<String> chunk : chunks(hashes)) {
      db.createQuery("SELECT hash, id FROM catalog_entry WHERE kind = :kind AND hash IN (<hashes>)")
          .bind("kind", kind)
          .bindList("hashes", chunk)
          .map((row, context) -> Map.entry(row.getString(1), row.getInt(2)))
          .forEach(entry -> found.put(entry.getKey(), entry.getValue()));
    }
    return found;
  }

  /**
   * Adds contents, by hash, that may have been added by somebody else since; gives the ids. Only
   * one transaction adds at a time.
   */
  Map<String, Integer> add(Handle tx, Map<String, String> contents) {
    int last =
        tx.createQuery(
                "UPDATE catalog_counter SET last_id = last_id + :count WHERE one = 1"
                    + " RETURNING last_id")
            .bind("count", contents.size())
            .mapTo(Integer.class)
            .one();
    int next = last - contents.size() + 1;
    PreparedBatch rows =
        tx.prepareBatch(
            "INSERT INTO catalog_entry (id, kind, hash, content)"
                + " VALUES (:id, :kind, :hash, :content) ON CONFLICT (kind, hash) DO NOTHING");
    for (Map.Entry<String, String> content : contents.entrySet()) {
      rows.bind("id", next++)
          .bind("kind", kind)
          .bind("hash", content.getKey())
          .bind("content", content.getValue())
          .add();
    }
    rows.execute();
    return find(tx, contents.keySet());
  }

  /** The contents of ids. */
  Map<Integer, String> contents(Handle db, Collection<Integer> ids) {
    Map<Integer, String> contents = new HashMap<>();
    for (List<Integer> chunk : chunks(ids)) {
      db.createQuery("SELECT id, content FROM catalog_entry WHERE id IN (<ids>)")
          .bindList("ids", chunk)
          .map((row, context) -> Map.entry(row.getInt(1), row.getString(2)))
          .forEach(entry -> contents.put(entry.getKey(), entry.getValue()));
    }
    return contents;
  }

  private static <T> List<List<T>> chunks(Collection<T> all) {
    List<T> list = List.copyOf(all);
    List<List<T>> chunks = new ArrayList<>();
    for (int from = 0; from < list.size(); from += CHUNK) {
      chunks.add(list.subList(from, Math.min(list.size(), from + CHUNK)));
    }
    return chunks;
  }
}
