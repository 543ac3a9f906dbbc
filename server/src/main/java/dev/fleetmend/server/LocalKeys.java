package dev.fleetmend.server;

import dev.fleetmend.server.access.AccessKey;
import dev.fleetmend.server.access.AccessKeys;
import dev.fleetmend.server.access.MasterKey;
import dev.fleetmend.server.audit.AuditTrail;
import dev.fleetmend.server.operation.Action;
import dev.fleetmend.server.operation.Resources;
import dev.fleetmend.server.operation.Role;
import dev.fleetmend.server.store.Store;
import java.time.Clock;

/** Keys for whoever owns the server's machine: its data folder is the proof. */
public final class LocalKeys {
  private static final Action CREATE = Action.of("Fleetmend.CreateAccessKey");

  private LocalKeys() {}

  /**
   * Makes a key in the database of a data folder, whether or not a server runs on it.
   *
   * @param name what its owner calls it; may be empty
   * @throws dev.fleetmend.server.store.UnusableDatabaseException where there is no using it
   */
  public static AccessKey create(ServerConfig config, Clock clock, Role role, String name) {
    try (Store store = Store.open(config.jdbcUrl())) {
      return create(
          new AccessKeys(store, MasterKey.of(config.data()), clock),
          new AuditTrail(store, clock),
          config,
          role,
          name);
    }
  }

  static AccessKey create(
      AccessKeys keys, AuditTrail audit, ServerConfig config, Role role, String name) {
    Resources resources = new Resources(config.region(), config.account());
    return audit.locally(
        CREATE, key -> resources.accessKey(key.id()), tx -> keys.create(tx, role, name, ""));
  }
}
