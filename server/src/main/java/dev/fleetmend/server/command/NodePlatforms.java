package dev.fleetmend.server.command;

import dev.fleetmend.server.node.ManagedNode;
import dev.fleetmend.server.node.NodeDirectory;
import java.util.Optional;
import org.jdbi.v3.core.Handle;

/** Which platform type nodes are of. */
final class NodePlatforms {
  private final NodeDirectory nodes;

  NodePlatforms(NodeDirectory nodes) {
    this.nodes = nodes;
  }

  /** {@code Linux}, {@code Windows} or {@code MacOS}; Linux of a node that has not said it yet. */
  String of(Handle db, String instanceId) {
    Optional<ManagedNode> node = nodes.find(db, instanceId);
    return node.map(ManagedNode::platformType).orElse("Linux");
  }
}
