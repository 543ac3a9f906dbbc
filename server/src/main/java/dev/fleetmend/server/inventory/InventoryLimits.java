package dev.fleetmend.server.inventory;

import dev.fleetmend.server.quota.Quota;
import dev.fleetmend.server.quota.Quotas;

/**
 * How much inventory is taken.
 *
 * @param callBytes of all content in one call
 * @param nodeBytes of all that is kept of a node
 * @param customTypes types that begin with {@code Custom:}, of all nodes together
 */
record InventoryLimits(int callBytes, int nodeBytes, int customTypes) {
  static InventoryLimits of(Quotas quotas) {
    return new InventoryLimits(
        quotas.of(Quota.INVENTORY_BYTES_PER_CALL),
        quotas.of(Quota.INVENTORY_BYTES_PER_NODE),
        quotas.of(Quota.CUSTOM_INVENTORY_TYPES));
  }
}
