package dev.fleetmend.server.inventory;

import dev.fleetmend.api.ApiException;
import dev.fleetmend.server.node.ManagedNode;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.jdbi.v3.core.Handle;

/** Everything known of nodes in the form of inventory, whoever wrote it. */
final class NodeInventory {
  private final SystemTypes systemTypes;
  private final InventoryTable table;
  private final CustomTypes customTypes;

  NodeInventory(SystemTypes systemTypes, InventoryTable table, CustomTypes customTypes) {
    this.systemTypes = systemTypes;
    this.table = table;
    this.customTypes = customTypes;
  }

  Optional<InventoryContent> find(Handle db, ManagedNode node, String typeName) {
    Optional<AwsType> system = AwsType.of(typeName).filter(AwsType::isSystem);
    return system.isPresent()
        ? systemTypes.of(db, node, system.get())
        : table.find(db, node.id(), typeName);
  }

  /** All types, AWS's and custom ones, by name. */
  List<InventorySchema> schemas(Handle db) {
    return Stream.concat(
            Arrays.stream(AwsType.values()).map(AwsType::schema), customTypes.all(db).stream())
        .toList();
  }

  /**
   * Checks that there is such a type.
   *
   * @throws ApiException InvalidTypeNameException
   */
  void requireType(Handle db, String typeName) {
    boolean known =
        AwsType.of(typeName).isPresent()
            || (typeName.indexOf('\0') < 0 && customTypes.find(db, typeName).isPresent());
    if (!known) {
      throw new ApiException(
          "InvalidTypeNameException", "The parameter type name " + typeName + " is not valid.");
    }
  }
}
