package dev.fleetmend.server.compliance;

import dev.fleetmend.server.quota.Quota;
import dev.fleetmend.server.quota.Quotas;

/**
 * How much a node may keep here.
 *
 * @param customTypes types that begin with {@code Custom:}
 * @param itemBytes of one item
 * @param typeBytes of all items of a type
 */
record ComplianceLimits(int customTypes, int itemBytes, int typeBytes) {
  /** AWS publishes the first; the sizes are those of its inventory. */
  static ComplianceLimits of(Quotas quotas) {
    return new ComplianceLimits(
        quotas.of(Quota.CUSTOM_COMPLIANCE_TYPES_PER_NODE),
        quotas.of(Quota.COMPLIANCE_ITEM_BYTES),
        quotas.of(Quota.COMPLIANCE_BYTES_PER_TYPE));
  }
}
