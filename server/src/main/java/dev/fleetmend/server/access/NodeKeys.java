package dev.fleetmend.server.access;

import java.security.PublicKey;
import java.util.Optional;

/** The keys of the managed nodes that are registered now. */
@FunctionalInterface
public interface NodeKeys {
  /** A node's RSA key, or nothing where no such node is registered. */
  Optional<PublicKey> find(String instanceId);
}
