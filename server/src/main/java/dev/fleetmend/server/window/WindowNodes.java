package dev.fleetmend.server.window;

import dev.fleetmend.server.node.NodeDirectory;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.jdbi.v3.core.Handle;
import software.amazon.awssdk.services.ssm.model.MaintenanceWindowResourceType;
import software.amazon.awssdk.services.ssm.model.MaintenanceWindowTarget;
import software.amazon.awssdk.services.ssm.model.Target;

/** Which nodes targets mean; instance ids stand for themselves, enrolled or not. */
final class WindowNodes {
  private final NodeDirectory nodes;

  WindowNodes(NodeDirectory nodes) {
    this.nodes = nodes;
  }

  /** The nodes of a registered target; none for a resource group. */
  Set<String> of(Handle db, MaintenanceWindowTarget registered) {
    return registered.resourceType() == MaintenanceWindowResourceType.RESOURCE_GROUP
        ? Set.of()
        : of(db, registered.targets());
  }

  Set<String> of(Handle db, List<Target> targets) {
    if (targets.size() == 1 && TargetChecks.isInstanceIds(targets.getFirst())) {
      return new TreeSet<>(targets.getFirst().values());
    }
    return new TreeSet<>(nodes.resolve(db, targets));
  }
}
