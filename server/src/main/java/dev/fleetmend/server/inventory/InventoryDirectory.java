package dev.fleetmend.server.inventory;

import dev.fleetmend.server.node.ManagedNode;
import java.util.List;
import java.util.Optional;
import org.jdbi.v3.core.Handle;

/** Inventory for other capabilities. */
public interface InventoryDirectory {
  /** The names of all types, AWS's and custom ones. */
  List<String> types(Handle db);

  /** A node's content of a type; nothing where there is none. */
  Optional<InventoryContent> find(Handle db, ManagedNode node, String typeName);
}
