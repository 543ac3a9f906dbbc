package dev.fleetmend.server.node;

import dev.fleetmend.protocol.message.RequestManagedInstanceRoleTokenResponse;

/** Issues temporary credentials to nodes. */
@FunctionalInterface
public interface RoleTokens {
  /**
   * Issues them.
   *
   * @param updateKeyPair whether the node is to change its key at once
   */
  RequestManagedInstanceRoleTokenResponse issue(String instanceId, boolean updateKeyPair);
}
