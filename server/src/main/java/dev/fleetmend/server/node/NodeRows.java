package dev.fleetmend.server.node;

import dev.fleetmend.protocol.message.UpdateInstanceInformationRequest;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.ssm.model.PingStatus;

/** The table managed_node. */
final class NodeRows {
  /** Agents beat every five minutes: two beats missed, and a minute's grace. */
  static final Duration LOST_AFTER = Duration.ofMinutes(11);

  private static final int LONGEST_TEXT = 255;
  private static final int ASKED_AT_ONCE = 500;
  private final Clock clock;

  NodeRows(Clock clock) {
    this.clock = clock;
  }

  void insert(Handle tx, Registration node, String id) {
    tx.createUpdate(
            "INSERT INTO managed_node (id, activation_id, iam_role, name, fingerprint,"
                + " public_key, registered_at) VALUES (:id, :activation, :role, :name,"
                + " :fingerprint, :key, :now)")
        .bind("id", id)
        .bind("activation", node.activationId())
        .bind("role", node.iamRole())
        .bind("name", node.name())
        .bind("fingerprint", node.fingerprint())
        .bind("key", node.publicKey())
        .bind("now", clock.millis())
        .execute();
  }

  boolean delete(Handle tx, String id) {
    return tx.createUpdate("DELETE FROM managed_node WHERE id = :id").bind("id", id).execute() == 1;
  }

  /** False where there is no such node. */
  boolean changeRole(Handle tx, String id, String iamRole) {
    return tx.createUpdate("UPDATE managed_node SET iam_role = :role WHERE id = :id")
            .bind("id", id)
            .bind("role", iamRole)
            .execute()
        == 1;
  }

  /** Takes over what a heartbeat tells; what it leaves out, or empty, stays as it was. */
  void beat(Handle tx, UpdateInstanceInformationRequest beat) {
    tx.createUpdate(
            "UPDATE managed_node SET last_ping_at = :now,"
                + " agent_name = COALESCE(:agentName, agent_name),"
                + " agent_version = COALESCE(:agentVersion, agent_version),"
                + " platform_type = COALESCE(:platformType, platform_type),"
                + " platform_name = COALESCE(:platformName, platform_name),"
                + " platform_version = COALESCE(:platformVersion, platform_version),"
                + " computer_name = COALESCE(:computerName, computer_name),"
                + " ip_address = COALESCE(:ipAddress, ip_address)"
                + " WHERE id = :id")
        .bind("id", beat.instanceId())
        .bind("now", clock.millis())
        .bind("agentName", told(beat.agentName()))
        .bind("agentVersion", told(beat.agentVersion()))
        .bind("platformType", told(beat.platformType()))
        .bind("platformName", told(beat.platformName()))
        .bind("platformVersion", told(beat.platformVersion()))
        .bind("computerName", told(beat.computerName()))
        .bind("ipAddress", told(beat.iPAddress()))
        .execute();
  }

  private static @Nullable String told(@Nullable String text) {
    if (text == null || text.isEmpty()) {
      return null;
    }
    String clean = text.replace("\0", "");
    return clean.length() > LONGEST_TEXT ? clean.substring(0, LONGEST_TEXT) : clean;
  }

  Optional<ManagedNode> find(Handle db, String id) {
    return db.createQuery("SELECT * FROM managed_node WHERE id = :id")
        .bind("id", id)
        .map((row, context) -> node(row))
        .findOne();
  }

  List<ManagedNode> after(Handle db, String id, int most) {
    return db.createQuery("SELECT * FROM managed_node WHERE id > :id ORDER BY id LIMIT :most")
        .bind("id", id)
        .bind("most", most)
        .map((row, context) -> node(row))
        .list();
  }

  /** Those of some ids that are nodes, by id; asked in pieces that both engines take. */
  Map<String, ManagedNode> findAll(Handle db, Collection<String> ids) {
    List<String> all = List.copyOf(ids);
    Map<String, ManagedNode> found = new TreeMap<>();
    for (int from = 0; from < all.size(); from += ASKED_AT_ONCE) {
      db.createQuery("SELECT * FROM managed_node WHERE id IN (<ids>)")
          .bindList("ids", all.subList(from, Math.min(all.size(), from + ASKED_AT_ONCE)))
          .map((row, context) -> node(row))
          .forEach(node -> found.put(node.id(), node));
    }
    return found;
  }

  /** The nodes that share a fingerprint with another, by fingerprint and then oldest first. */
  List<ManagedNode> duplicates(Handle db) {
    return db.createQuery(
            "SELECT * FROM managed_node WHERE fingerprint IN (SELECT fingerprint FROM"
                + " managed_node GROUP BY fingerprint HAVING COUNT(*) > 1)"
                + " ORDER BY fingerprint, registered_at, id")
        .map((row, context) -> node(row))
        .list();
  }

  List<String> withFingerprint(Handle db, String fingerprint) {
    return db.createQuery("SELECT id FROM managed_node WHERE fingerprint = :fingerprint")
        .bind("fingerprint", fingerprint)
        .mapTo(String.class)
        .list();
  }

  private ManagedNode node(ResultSet row) throws SQLException {
    long lastPing = row.getLong("last_ping_at");
    boolean pinged = !row.wasNull();
    boolean online = pinged && lastPing > clock.millis() - LOST_AFTER.toMillis();
    return new ManagedNode(
        row.getString("id"),
        row.getString("activation_id"),
        row.getString("iam_role"),
        row.getString("name"),
        row.getString("fingerprint"),
        row.getString("public_key"),
        Instant.ofEpochMilli(row.getLong("registered_at")),
        online ? PingStatus.ONLINE : PingStatus.CONNECTION_LOST,
        pinged ? Instant.ofEpochMilli(lastPing) : null,
        row.getString("agent_name"),
        row.getString("agent_version"),
        row.getString("platform_type"),
        row.getString("platform_name"),
        row.getString("platform_version"),
        row.getString("computer_name"),
        row.getString("ip_address"));
  }
}
