package dev.fleetmend.server.command;

import dev.fleetmend.api.ApiException;
import dev.fleetmend.server.document.CommandDocument;
import dev.fleetmend.server.node.ManagedNode;
import dev.fleetmend.server.node.NodeDirectory;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jdbi.v3.core.Handle;
import software.amazon.awssdk.services.ssm.model.SendCommandRequest;

/** Which nodes a command goes to, and in which order. */
final class CommandTargets {
  private final NodeDirectory nodes;
  private final String account;

  CommandTargets(NodeDirectory nodes, String account) {
    this.nodes = nodes;
    this.account = account;
  }

  /**
   * The nodes, those that are online first, since the first one to end decides how fast the others
   * follow.
   *
   * @throws ApiException when nodes named by id are unknown, offline or of the wrong platform
   */
  List<ManagedNode> resolve(Handle db, SendCommandRequest request, CommandDocument document) {
    List<String> named = request.instanceIds();
    if (named.isEmpty() == request.targets().isEmpty()) {
      throw new ApiException(
          "ValidationException",
          named.isEmpty()
              ? "Either InstanceIds or Targets must be given."
              : "InstanceIds and Targets cannot be given together.");
    }
    Map<String, ManagedNode> found =
        nodes.findAll(db, named.isEmpty() ? nodes.resolve(db, request.targets()) : named);
    if (!named.isEmpty()) {
      requireUnique(named);
      requireOnline(named, found);
      requirePlatform(found, document);
    }
    return found.values().stream()
        .sorted(Comparator.comparing(ManagedNode::online).reversed().thenComparing(ManagedNode::id))
        .toList();
  }

  private static void requireUnique(List<String> named) {
    Set<String> seen = new HashSet<>();
    for (String id : named) {
      if (!seen.add(id)) {
        throw new ApiException("DuplicateInstanceId", "Instance " + id + " is named twice.");
      }
    }
  }

  private void requireOnline(List<String> named, Map<String, ManagedNode> found) {
    List<String> unfit = new ArrayList<>();
    for (String id : named) {
      ManagedNode node = found.get(id);
      if (node == null || !node.online()) {
        unfit.add(id);
      }
    }
    if (!unfit.isEmpty()) {
      throw new ApiException(
          "InvalidInstanceId",
          "Instances ["
              + unfit
              + "] not in a valid state for account "
              + account
              + ": each must be registered and online.");
    }
  }

  private static void requirePlatform(Map<String, ManagedNode> found, CommandDocument document) {
    for (ManagedNode node : found.values()) {
      if (!document.runsOn(node.platformType())) {
        throw new ApiException(
            "UnsupportedPlatformType",
            "Document %s runs on %s, and %s is %s."
                .formatted(
                    document.name(),
                    String.join(", ", document.platformTypes()),
                    node.id(),
                    node.platformType()));
      }
    }
  }
}
