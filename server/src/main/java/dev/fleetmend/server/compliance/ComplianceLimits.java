package dev.fleetmend.server.compliance;

/**
 * How much a node may keep here.
 *
 * @param customTypes types that begin with {@code Custom:}
 * @param itemBytes of one item
 * @param typeBytes of all items of a type
 */
record ComplianceLimits(int customTypes, int itemBytes, int typeBytes) {
  /** AWS publishes the first; the sizes are those of its inventory. */
  static ComplianceLimits published() {
    return new ComplianceLimits(10, 200_000, 5_000_000);
  }
}
