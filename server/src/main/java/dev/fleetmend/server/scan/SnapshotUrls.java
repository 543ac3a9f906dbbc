package dev.fleetmend.server.scan;

import dev.fleetmend.server.Core;
import dev.fleetmend.server.ServerConfig;
import dev.fleetmend.server.http.Download;
import dev.fleetmend.server.http.ReachedBy;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import org.jdbi.v3.core.Handle;
import software.amazon.awssdk.services.ssm.model.GetPatchBaselineResponse;
import software.amazon.awssdk.services.ssm.model.Patch;

/** Addresses that nobody can guess, each of one snapshot, for 24 hours. */
final class SnapshotUrls {
  private static final Duration LIFE = Duration.ofHours(24);
  private static final String PATH = "/snapshots/";

  private final Core core;
  private final SnapshotTable snapshots;
  private final Function<GetPatchBaselineResponse, List<Patch>> patches;
  private final SecureRandom random = new SecureRandom();

  /**
   * Addresses of snapshots.
   *
   * @param patches what a frozen baseline approves of the catalogue
   */
  SnapshotUrls(
      Core core, SnapshotTable snapshots, Function<GetPatchBaselineResponse, List<Patch>> patches) {
    this.core = core;
    this.snapshots = snapshots;
    this.patches = patches;
  }

  void offer() {
    core.routes().on(PATH, this::open);
  }

  /** A new address of a snapshot. */
  String issue(Handle tx, String snapshotId, String patchGroup, String operatingSystem) {
    byte[] token = new byte[32];
    random.nextBytes(token);
    String text = HexFormat.of().formatHex(token);
    long now = core.clock().millis();
    tx.createUpdate("DELETE FROM patch_snapshot_url WHERE expires_at <= :now")
        .bind("now", now)
        .execute();
    tx.createUpdate(
            "INSERT INTO patch_snapshot_url (token, snapshot_id, patch_group, operating_system,"
                + " expires_at) VALUES (:token, :snapshot, :patchGroup, :system, :until)")
        .bind("token", text)
        .bind("snapshot", snapshotId)
        .bind("patchGroup", patchGroup)
        .bind("system", operatingSystem)
        .bind("until", now + LIFE.toMillis())
        .execute();
    return ReachedBy.address().orElseGet(this::configured) + PATH + text;
  }

  private String configured() {
    ServerConfig config = core.config();
    String host = config.bind().contains(":") ? "[" + config.bind() + "]" : config.bind();
    return (config.tls() ? "https://" : "http://") + host + ":" + config.port();
  }

  Optional<Download> open(String token) {
    return core.store()
        .read(
            db ->
                db.createQuery(
                        "SELECT snapshot_id, patch_group, operating_system FROM patch_snapshot_url"
                            + " WHERE token = :token AND expires_at > :now")
                    .bind("token", token)
                    .bind("now", core.clock().millis())
                    .map(
                        (row, context) ->
                            snapshots.find(
                                db, row.getString(1), row.getString(2), row.getString(3)))
                    .findOne()
                    .flatMap(found -> found))
        .map(
            frozen ->
                Download.of(
                    "application/json",
                    SnapshotDocument.of(
                        frozen, patches.apply(frozen.baseline()), core.config().account())));
  }
}
