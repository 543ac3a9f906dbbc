package dev.fleetmend.node.inventory;

import java.io.IOException;
import java.util.List;
import java.util.Map;

/** One inventory type that this host can tell of. */
interface InventoryType {
  /** Such as {@code AWS:Application}. */
  String typeName();

  String schemaVersion();

  /** The document's parameter that turns it on or off. */
  String parameter();

  /**
   * Its entries, each by attribute.
   *
   * @param value of the parameter
   * @throws IOException when the host cannot be asked; the message says what failed
   */
  List<Map<String, String>> entries(String value) throws IOException;
}
