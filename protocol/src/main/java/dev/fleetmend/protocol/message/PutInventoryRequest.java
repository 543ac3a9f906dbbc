package dev.fleetmend.protocol.message;

import java.util.List;

/** {@code PutInventory}: what a node says of itself. */
public record PutInventoryRequest(String instanceId, List<InventoryItem> items) {}
