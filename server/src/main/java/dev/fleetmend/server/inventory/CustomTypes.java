package dev.fleetmend.server.inventory;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.fleetmend.protocol.json.Naming;
import dev.fleetmend.protocol.json.RecordJson;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;
import org.jdbi.v3.core.Handle;

/** The table inventory_custom_type: types whose names begin with {@code Custom:}. */
final class CustomTypes {
  static final String PREFIX = "Custom:";
  private static final int ATTRIBUTES = 50;
  private final RecordJson json = new RecordJson(Naming.CAMEL);

  /**
   * A custom type.
   *
   * @param version the newest that was uploaded
   * @param disabledVersion that, and older ones, are passed over; empty where none is
   */
  record CustomType(String version, String disabledVersion, List<String> attributes) {
    CustomType {
      attributes = List.copyOf(attributes);
    }

    boolean takes(String schemaVersion) {
      return disabledVersion.isEmpty() || BY_AGE.compare(schemaVersion, disabledVersion) > 0;
    }

    InventorySchema schema(String typeName) {
      return new InventorySchema(
          typeName,
          version,
          attributes.stream().map(name -> new InventorySchema.Attribute(name, false)).toList());
    }
  }

  /** Versions such as 1.10, older ones first. */
  static final Comparator<String> BY_AGE =
      Comparator.comparingInt(CustomTypes::major).thenComparingInt(CustomTypes::minor);

  Optional<CustomType> find(Handle db, String typeName) {
    return db.createQuery("SELECT document FROM inventory_custom_type WHERE type_name = :type")
        .bind("type", typeName)
        .mapTo(String.class)
        .findOne()
        .map(this::read);
  }

  int count(Handle db) {
    return db.createQuery("SELECT COUNT(*) FROM inventory_custom_type").mapTo(Integer.class).one();
  }

  List<InventorySchema> all(Handle db) {
    return db
        .createQuery("SELECT type_name, document FROM inventory_custom_type")
        .map((row, context) -> read(row.getString(2)).schema(row.getString(1)))
        .stream()
        .sorted(Comparator.comparing(InventorySchema::typeName))
        .toList();
  }

  /** Notes what an upload showed of a type. */
  void seen(Handle tx, String typeName, String version, List<Map<String, String>> entries) {
    Optional<CustomType> known = find(tx, typeName);
    TreeSet<String> attributes = new TreeSet<>(known.map(CustomType::attributes).orElse(List.of()));
    entries.forEach(entry -> attributes.addAll(entry.keySet()));
    String newest =
        known
            .map(CustomType::version)
            .filter(kept -> BY_AGE.compare(kept, version) > 0)
            .orElse(version);
    put(tx, typeName, new CustomType(newest, "", attributes.stream().limit(ATTRIBUTES).toList()));
  }

  void disable(Handle tx, String typeName, CustomType type) {
    put(tx, typeName, new CustomType(type.version(), type.version(), type.attributes()));
  }

  void delete(Handle tx, String typeName) {
    tx.createUpdate("DELETE FROM inventory_custom_type WHERE type_name = :type")
        .bind("type", typeName)
        .execute();
  }

  private void put(Handle tx, String typeName, CustomType type) {
    tx.createUpdate(
            "INSERT INTO inventory_custom_type (type_name, document) VALUES (:type, :document)"
                + " ON CONFLICT (type_name) DO UPDATE SET document = EXCLUDED.document")
        .bind("type", typeName)
        .bind("document", new String(json.write(type), UTF_8))
        .execute();
  }

  private CustomType read(String document) {
    return json.read(document.getBytes(UTF_8), CustomType.class);
  }

  private static int major(String version) {
    return Integer.parseInt(version.substring(0, version.indexOf('.')));
  }

  private static int minor(String version) {
    return Integer.parseInt(version.substring(version.indexOf('.') + 1));
  }
}
