package dev.fleetmend.server.node;

import dev.fleetmend.server.access.NodeKeys;
import dev.fleetmend.server.store.Store;
import java.security.PublicKey;
import java.time.Clock;
import java.time.Duration;
import java.util.Base64;
import java.util.Optional;
import org.jdbi.v3.core.Handle;

/**
 * The keys that nodes sign with, and how they change: a node that is told to makes a new key,
 * announces it, and both count until it has used the new one. So neither side loses the other where
 * one of them dies in between.
 */
public final class NodeKeyRing implements NodeKeys {
  private final Store store;
  private final Clock clock;
  private final Duration life;
  private final NodeKeyTable table = new NodeKeyTable();

  /**
   * @param life after how long a node is told to change its key; zero for never
   */
  public NodeKeyRing(Store store, Clock clock, Duration life) {
    this.store = store;
    this.clock = clock;
    this.life = life;
  }

  @Override
  public Optional<PublicKey> find(String instanceId) {
    return keys(instanceId).map(keys -> PublicKeys.rsa(keys.current()));
  }

  @Override
  public Optional<PublicKey> announced(String instanceId) {
    return keys(instanceId).map(NodeKeyTable.Keys::next).map(PublicKeys::rsa);
  }

  @Override
  public void used(String instanceId, PublicKey announced) {
    store.change(tx -> table.use(tx, instanceId, text(announced), clock.instant()));
  }

  /** Whether a node is to change its key now. */
  boolean due(String instanceId) {
    return keys(instanceId)
        .filter(
            keys ->
                keys.wanted()
                    || (!life.isZero() && !clock.instant().isBefore(keys.since().plus(life))))
        .isPresent();
  }

  boolean announce(Handle tx, String instanceId, PublicKey key) {
    return table.announce(tx, instanceId, text(key));
  }

  boolean want(Handle tx, String instanceId) {
    return table.want(tx, instanceId, clock.instant());
  }

  private Optional<NodeKeyTable.Keys> keys(String instanceId) {
    return store.read(db -> table.find(db, instanceId));
  }

  private static String text(PublicKey key) {
    return Base64.getEncoder().encodeToString(key.getEncoded());
  }
}
