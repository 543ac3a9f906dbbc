package dev.fleetmend.server.access;

import java.security.PublicKey;
import java.util.Optional;

/** The keys of the managed nodes that are registered now. */
@FunctionalInterface
public interface NodeKeys {
  /** A node's RSA key, or nothing where no such node is registered. */
  Optional<PublicKey> find(String instanceId);

  /** A key that the node has announced and not used yet. */
  default Optional<PublicKey> announced(String instanceId) {
    return Optional.empty();
  }

  /** Told when a signature has proven that the node uses the key it announced. */
  default void used(String instanceId, PublicKey announced) {}
}
