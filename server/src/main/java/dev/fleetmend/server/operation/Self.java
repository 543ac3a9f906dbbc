package dev.fleetmend.server.operation;

import dev.fleetmend.api.ApiException;

/** A node speaks of itself only. */
public final class Self {
  private Self() {}

  /**
   * The node that asks.
   *
   * @param instanceId the node it says it is, or empty
   * @throws ApiException AccessDeniedException where it is another one
   */
  public static String of(Caller caller, String instanceId) {
    if (caller instanceof Caller.Node node
        && (instanceId.isEmpty() || instanceId.equals(node.instanceId()))) {
      return node.instanceId();
    }
    throw new ApiException("AccessDeniedException", "A node can report on itself only.");
  }
}
