package dev.fleetmend.server.node;

import dev.fleetmend.protocol.message.RequestManagedInstanceRoleTokenResponse;

/** Issues temporary credentials to nodes. */
@FunctionalInterface
public interface RoleTokens {
  RequestManagedInstanceRoleTokenResponse issue(String instanceId);
}
