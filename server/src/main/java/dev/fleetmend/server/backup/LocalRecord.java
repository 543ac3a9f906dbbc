package dev.fleetmend.server.backup;

import dev.fleetmend.server.audit.AuditTrail;
import dev.fleetmend.server.operation.Action;
import dev.fleetmend.server.store.Store;
import dev.fleetmend.server.store.UnusableDatabaseException;
import java.nio.file.Path;
import java.time.Clock;
import org.jdbi.v3.core.JdbiException;

/** What the audit says of backups: they are made with no request to a server. */
final class LocalRecord {
  private final Clock clock;

  LocalRecord(Clock clock) {
    this.clock = clock;
  }

  /**
   * Records what the owner of the machine does.
   *
   * @param database of SQLite
   * @param operation such as {@code Backup}
   * @param file the backup
   * @throws BackupException where it can't be recorded
   */
  void add(Path database, String operation, Path file) throws BackupException {
    try (Store store = Store.openUnchanged(database)) {
      new AuditTrail(store, clock)
          .locally(Action.of("Fleetmend." + operation), path -> path, tx -> file.toString());
    } catch (JdbiException | UnusableDatabaseException e) {
      throw new BackupException("cannot record it in " + database + " (" + e.getMessage() + ")", e);
    }
  }
}
