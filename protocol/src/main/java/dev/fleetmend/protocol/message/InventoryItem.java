package dev.fleetmend.protocol.message;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * All entries of one inventory type.
 *
 * @param typeName such as {@code AWS:Application}
 * @param captureTime {@code yyyy-MM-ddTHH:mm:ssZ}
 * @param contentHash of the content, in hex
 * @param content null where the server is believed to hold what has that hash
 */
public record InventoryItem(
    String typeName,
    String schemaVersion,
    String captureTime,
    String contentHash,
    @Nullable List<Map<String, String>> content) {}
