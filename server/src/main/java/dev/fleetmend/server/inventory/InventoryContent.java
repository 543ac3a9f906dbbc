package dev.fleetmend.server.inventory;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.ssm.model.InventoryResultItem;

/**
 * What is known of a node in one inventory type.
 *
 * @param captureTime as {@code 2027-01-02T03:04:05Z}
 * @param contentHash what it was uploaded with, or null
 */
public record InventoryContent(
    String typeName,
    String schemaVersion,
    String captureTime,
    @Nullable String contentHash,
    List<Map<String, String>> entries) {
  public InventoryContent {
    entries = List.copyOf(entries);
  }

  InventoryResultItem onTheWire() {
    return InventoryResultItem.builder()
        .typeName(typeName)
        .schemaVersion(schemaVersion)
        .captureTime(captureTime)
        .contentHash(contentHash)
        .content(entries)
        .build();
  }
}
