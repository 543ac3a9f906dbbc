package dev.fleetmend.server.command;

import dev.fleetmend.api.ApiException;
import org.jdbi.v3.core.Handle;

/** A node is told of the commands that went to it. */
final class OwnCommand {
  private OwnCommand() {}

  /**
   * Looks whom a command went to.
   *
   * @throws ApiException AccessDeniedException where to others only
   */
  static void require(Handle db, InvocationRows rows, String commandId, String instanceId) {
    if (rows.find(db, commandId, instanceId).isEmpty() && !rows.nodes(db, commandId, 1).isEmpty()) {
      throw new ApiException("AccessDeniedException", "The command went to other nodes.");
    }
  }
}
