package dev.fleetmend.server.window;

import java.util.List;
import software.amazon.awssdk.services.ssm.model.MaintenanceWindowResourceType;
import software.amazon.awssdk.services.ssm.model.Target;

/** Which targets can be registered with a window. */
final class TargetChecks {
  private static final String GROUPS = "resource-groups:";
  private final WindowLimits limits;

  TargetChecks(WindowLimits limits) {
    this.limits = limits;
  }

  void check(MaintenanceWindowResourceType type, List<Target> targets) {
    if (targets.isEmpty()) {
      throw Refusals.validation("Targets must name at least one target.");
    }
    for (Target target : targets) {
      String key = String.valueOf(target.key());
      boolean group = key.startsWith(GROUPS);
      if (!group && !ofInstances(key)) {
        throw Refusals.validation(
            "The target key '"
                + key
                + "' is not valid: use InstanceIds, tag:<key>, tag-key, resource-groups:Name or"
                + " resource-groups:ResourceTypeFilters.");
      }
      if (group != (type == MaintenanceWindowResourceType.RESOURCE_GROUP)) {
        throw Refusals.validation(
            "The target key '" + key + "' does not go with the resource type " + type + ".");
      }
      if (target.values().isEmpty()) {
        throw Refusals.validation("The target key '" + key + "' has no values.");
      }
      if (isInstanceIds(target) && target.values().size() > limits.instanceIdsPerTarget()) {
        throw Refusals.validation(
            "The maximum number of instance IDs is " + limits.instanceIdsPerTarget());
      }
    }
  }

  static boolean isInstanceIds(Target target) {
    return "InstanceIds".equalsIgnoreCase(target.key());
  }

  private static boolean ofInstances(String key) {
    return key.equalsIgnoreCase("InstanceIds")
        || key.equals("tag-key")
        || (key.startsWith("tag:") && key.length() > "tag:".length());
  }
}
