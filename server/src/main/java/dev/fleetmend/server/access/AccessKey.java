package dev.fleetmend.server.access;

import dev.fleetmend.server.operation.Role;

/**
 * An access key of a person or a tool.
 *
 * @param id what requests name, 20 characters
 * @param secret what requests are signed with, 40 characters; never log it
 */
public record AccessKey(String id, String secret, Role role) {
  @Override
  public String toString() {
    return "AccessKey[" + id + "]";
  }
}
