package dev.fleetmend.server.inventory;

import java.util.List;
import software.amazon.awssdk.services.ssm.model.InventoryItemAttribute;
import software.amazon.awssdk.services.ssm.model.InventoryItemSchema;

/** The attributes of an inventory type. */
record InventorySchema(String typeName, String version, List<Attribute> attributes) {
  InventorySchema {
    attributes = List.copyOf(attributes);
  }

  /** One of them. */
  record Attribute(String name, boolean number) {}

  InventorySchema only(List<String> names) {
    return new InventorySchema(
        typeName,
        version,
        attributes.stream().filter(attribute -> names.contains(attribute.name())).toList());
  }

  InventoryItemSchema onTheWire() {
    return InventoryItemSchema.builder()
        .typeName(typeName)
        .version(version)
        .displayName(typeName.substring(typeName.indexOf(':') + 1))
        .attributes(
            attributes.stream()
                .map(
                    attribute ->
                        InventoryItemAttribute.builder()
                            .name(attribute.name())
                            .dataType(attribute.number() ? "number" : "string")
                            .build())
                .toList())
        .build();
  }
}
