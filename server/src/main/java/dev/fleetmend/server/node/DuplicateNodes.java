package dev.fleetmend.server.node;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Answer to {@code Fleetmend.ListDuplicateNodes}: hosts that registered more than once, or were
 * copied together with their fingerprint.
 */
public record DuplicateNodes(List<Host> hosts) {
  public DuplicateNodes {
    hosts = List.copyOf(hosts);
  }

  /** The nodes of one fingerprint, oldest first. */
  public record Host(List<Node> nodes) {
    public Host {
      nodes = List.copyOf(nodes);
    }
  }

  /**
   * One of them.
   *
   * @param registrationDate epoch seconds
   */
  public record Node(
      String instanceId,
      @Nullable String computerName,
      @Nullable String iPAddress,
      String pingStatus,
      double registrationDate) {}

  static DuplicateNodes of(List<ManagedNode> duplicates) {
    Map<String, List<Node>> hosts = new LinkedHashMap<>();
    for (ManagedNode node : duplicates) {
      hosts
          .computeIfAbsent(node.fingerprint(), fingerprint -> new ArrayList<>())
          .add(
              new Node(
                  node.id(),
                  node.computerName(),
                  node.ipAddress(),
                  node.pingStatus().toString(),
                  node.registeredAt().toEpochMilli() / 1000.0));
    }
    return new DuplicateNodes(hosts.values().stream().map(Host::new).toList());
  }
}
