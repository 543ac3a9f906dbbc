package dev.fleetmend.server.inventory;

/**
 * How much inventory is taken.
 *
 * @param callBytes of all content in one call
 * @param nodeBytes of all that is kept of a node
 * @param customTypes types that begin with {@code Custom:}, of all nodes together
 */
record InventoryLimits(int callBytes, int nodeBytes, int customTypes) {
  /** The limits that AWS publishes. */
  static InventoryLimits published() {
    return new InventoryLimits(1 << 20, 5_000 << 10, 20);
  }
}
