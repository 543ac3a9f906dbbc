package dev.fleetmend.server.scan;

import dev.fleetmend.api.ApiException;
import dev.fleetmend.server.operation.Caller;

/** A node speaks of itself only. */
final class Self {
  private Self() {}

  /**
   * The node that asks.
   *
   * @param instanceId the node it says it is, or empty
   * @throws ApiException AccessDeniedException where it is another one
   */
  static String of(Caller caller, String instanceId) {
    if (caller instanceof Caller.Node node
        && (instanceId.isEmpty() || instanceId.equals(node.instanceId()))) {
      return node.instanceId();
    }
    throw new ApiException("AccessDeniedException", "A node can report on itself only.");
  }
}
