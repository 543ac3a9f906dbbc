package dev.fleetmend.server.access;

import dev.fleetmend.api.ApiException;
import dev.fleetmend.server.operation.Role;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Clock;
import java.util.Comparator;
import java.util.List;
import org.jdbi.v3.core.Handle;

/** The table access_key, without its secrets. */
final class AccessKeyTable {
  private static final double SECOND = 1_000;

  private final Clock clock;

  AccessKeyTable(Clock clock) {
    this.clock = clock;
  }

  /** All keys by id. */
  List<AccessKeySummary> all(Handle db, boolean revokedToo) {
    return db
        .createQuery(
            "SELECT id, role, name, created_at, created_by, revoked_at FROM access_key"
                + (revokedToo ? "" : " WHERE revoked_at IS NULL"))
        .map((row, context) -> summary(row))
        .list()
        .stream()
        .sorted(Comparator.comparing(AccessKeySummary::accessKeyId))
        .toList();
  }

  /**
   * Ends a key, unless it is the last with which keys can be made.
   *
   * @throws ApiException where there is no such key, or it is the last of an administrator
   */
  AccessKeySummary revoke(Handle tx, String id) {
    // One at a time: two administrators who revoke each other must not both succeed.
    tx.execute("UPDATE access_key SET name = name WHERE id = (SELECT MIN(id) FROM access_key)");
    AccessKeySummary key =
        all(tx, true).stream()
            .filter(one -> one.accessKeyId().equals(id))
            .findFirst()
            .orElseThrow(
                () -> new ApiException("DoesNotExistException", "There is no access key " + id));
    if (key.revokedAt() != null) {
      return key;
    }
    boolean another =
        all(tx, false).stream()
            .anyMatch(one -> one.role().equals(Role.ADMIN.text()) && !one.accessKeyId().equals(id));
    if (!another) {
      throw new ApiException(
          "DeleteConflictException",
          "Access key "
              + id
              + " is the last of an administrator; create another before it is revoked.");
    }
    tx.createUpdate("UPDATE access_key SET revoked_at = :now WHERE id = :id")
        .bind("now", clock.millis())
        .bind("id", id)
        .execute();
    return all(tx, true).stream()
        .filter(one -> one.accessKeyId().equals(id))
        .findFirst()
        .orElseThrow();
  }

  private static AccessKeySummary summary(ResultSet row) throws SQLException {
    double created = row.getLong("created_at") / SECOND;
    long revoked = row.getLong("revoked_at");
    return new AccessKeySummary(
        row.getString("id"),
        row.getString("role"),
        row.getString("name"),
        created,
        row.getString("created_by"),
        row.wasNull() || revoked == 0 ? null : revoked / SECOND);
  }
}
