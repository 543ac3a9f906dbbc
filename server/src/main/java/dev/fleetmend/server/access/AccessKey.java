package dev.fleetmend.server.access;

/**
 * An access key of a person or a tool.
 *
 * @param id what requests name, 20 characters
 * @param secret what requests are signed with, 40 characters; never log it
 */
public record AccessKey(String id, String secret) {
  @Override
  public String toString() {
    return "AccessKey[" + id + "]";
  }
}
