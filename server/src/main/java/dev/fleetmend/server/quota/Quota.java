package dev.fleetmend.server.quota;

import java.util.Optional;
import java.util.stream.Stream;

/** The quotas, with the values that AWS publishes; where it publishes none, with ours. */
public enum Quota {
  PATCH_BASELINES("patch-baselines", 50),
  PATCH_GROUPS_PER_BASELINE("patch-groups-per-baseline", 25),
  PATCH_OPERATIONS_PER_NODE("patch-operations-per-node", 150),
  MAINTENANCE_WINDOWS("maintenance-windows", 50),
  TASKS_PER_WINDOW("tasks-per-window", 20),
  TARGETS_PER_WINDOW("targets-per-window", 100),
  TARGETS_PER_TASK("targets-per-task", 10),
  INSTANCE_IDS_PER_TARGET("instance-ids-per-target", 50),
  RUNNING_WINDOW_EXECUTIONS("running-window-executions", 5),
  WINDOW_HISTORY_DAYS("window-history-days", 30),
  COMMAND_HISTORY_DAYS("command-history-days", 30),
  DOCUMENTS("documents", 500),
  VERSIONS_PER_DOCUMENT("versions-per-document", 1_000),
  DOCUMENT_BYTES("document-bytes", 64 << 10),
  ACCOUNTS_PER_SHARED_DOCUMENT("accounts-per-shared-document", 1_000),
  PUBLIC_DOCUMENTS("public-documents", 5),
  INVENTORY_BYTES_PER_CALL("inventory-bytes-per-call", 1 << 20),
  INVENTORY_BYTES_PER_NODE("inventory-bytes-per-node", 5_000 << 10),
  CUSTOM_INVENTORY_TYPES("custom-inventory-types", 20),
  CUSTOM_COMPLIANCE_TYPES_PER_NODE("custom-compliance-types-per-node", 10),
  COMPLIANCE_ITEM_BYTES("compliance-item-bytes", 200_000),
  COMPLIANCE_BYTES_PER_TYPE("compliance-bytes-per-type", 5_000_000),
  RESOURCE_DATA_SYNCS("resource-data-syncs", 5),
  TAGS_PER_RESOURCE("tags-per-resource", 50),
  REQUESTS_PER_SECOND_PER_KEY("requests-per-second-per-key", 1_000),
  REQUESTS_PER_SECOND_PER_NODE("requests-per-second-per-node", 200),
  REQUESTS_AT_ONCE_PER_KEY("requests-at-once-per-key", 16),
  REQUESTS_AT_ONCE_PER_NODE("requests-at-once-per-node", 8),
  CONNECTION_STATUSES_PER_SECOND("connection-statuses-per-second", 50);

  private final String property;
  private final int published;

  Quota(String property, int published) {
    this.property = property;
    this.published = published;
  }

  /** Its name in {@code quotas.properties}. */
  public String property() {
    return property;
  }

  /** What holds where nothing is said. */
  public int published() {
    return published;
  }

  static Optional<Quota> of(String property) {
    return Stream.of(values()).filter(quota -> quota.property.equals(property)).findFirst();
  }
}
