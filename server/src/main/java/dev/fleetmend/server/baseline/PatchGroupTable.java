package dev.fleetmend.server.baseline;

import java.util.List;
import java.util.Optional;
import org.jdbi.v3.core.Handle;

/** Which baseline a patch group is registered with: one for each operating system. */
final class PatchGroupTable {
  /** One registration. */
  record Registration(String patchGroup, String operatingSystem, String baselineId) {}

  Optional<String> baselineOf(Handle db, String patchGroup, String operatingSystem) {
    return db.createQuery(
            "SELECT baseline_id FROM patch_group"
                + " WHERE patch_group = :group AND operating_system = :os")
        .bind("group", patchGroup)
        .bind("os", operatingSystem)
        .mapTo(String.class)
        .findOne();
  }

  List<String> groupsOf(Handle db, String baselineId) {
    return db.createQuery(
            "SELECT patch_group FROM patch_group WHERE baseline_id = :id ORDER BY patch_group")
        .bind("id", baselineId)
        .mapTo(String.class)
        .list();
  }

  void register(Handle tx, Registration registration) {
    tx.createUpdate(
            "INSERT INTO patch_group (patch_group, operating_system, baseline_id)"
                + " VALUES (:group, :os, :id)")
        .bind("group", registration.patchGroup())
        .bind("os", registration.operatingSystem())
        .bind("id", registration.baselineId())
        .execute();
  }

  void deregister(Handle tx, String patchGroup, String baselineId) {
    tx.createUpdate("DELETE FROM patch_group WHERE patch_group = :group AND baseline_id = :id")
        .bind("group", patchGroup)
        .bind("id", baselineId)
        .execute();
  }

  List<Registration> all(Handle db) {
    return db.createQuery(
            "SELECT patch_group, operating_system, baseline_id FROM patch_group"
                + " ORDER BY patch_group, operating_system")
        .map(
            (row, context) ->
                new Registration(row.getString(1), row.getString(2), row.getString(3)))
        .list();
  }
}
