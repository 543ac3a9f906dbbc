package dev.fleetmend.server.command;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.PreparedBatch;

/** The table command_invocation. */
final class InvocationRows {
  private static final String OPEN = " state IN ('PENDING', 'IN_PROGRESS', 'CANCELLING')";
  private static final String ONE = " command_id = :command AND instance_id = :instance";

  /** Adds the targets of a command, to be sent in this order. */
  void insert(Handle tx, String command, List<String> instances, long requestedAt) {
    PreparedBatch batch =
        tx.prepareBatch(
            "INSERT INTO command_invocation (command_id, instance_id, position, state,"
                + " requested_at) VALUES (:command, :instance, :position, 'PENDING', :requested)");
    for (int i = 0; i < instances.size(); i++) {
      batch
          .bind("command", command)
          .bind("instance", instances.get(i))
          .bind("position", i)
          .bind("requested", requestedAt)
          .add();
    }
    if (!instances.isEmpty()) {
      batch.execute();
    }
  }

  Optional<StoredInvocation> find(Handle db, String command, String instance) {
    return db.createQuery("SELECT * FROM command_invocation WHERE" + ONE)
        .bind("command", command)
        .bind("instance", instance)
        .map((row, context) -> invocation(row))
        .findOne();
  }

  /** The first targets of a command, in the order of sending. */
  List<String> nodes(Handle db, String command, int most) {
    return db.createQuery(
            "SELECT instance_id FROM command_invocation WHERE command_id = :command"
                + " ORDER BY position LIMIT :most")
        .bind("command", command)
        .bind("most", most)
        .mapTo(String.class)
        .list();
  }

  /** The next ones to send. */
  List<String> unsent(Handle tx, String command, int most) {
    return tx.createQuery(
            "SELECT instance_id FROM command_invocation WHERE command_id = :command"
                + " AND state = 'PENDING' AND sent_at IS NULL ORDER BY position LIMIT :most")
        .bind("command", command)
        .bind("most", most)
        .mapTo(String.class)
        .list();
  }

  void sent(Handle tx, String command, String instance, long now, long deadline) {
    tx.createUpdate(
            "UPDATE command_invocation SET sent_at = :now, deadline = :deadline WHERE" + ONE)
        .bind("command", command)
        .bind("instance", instance)
        .bind("now", now)
        .bind("deadline", deadline)
        .execute();
  }

  /** Notes that a node runs it; an invocation that is past that stays as it is. */
  void begun(Handle tx, String command, String instance) {
    tx.createUpdate(
            "UPDATE command_invocation SET state = 'IN_PROGRESS', deadline = NULL WHERE"
                + ONE
                + " AND state = 'PENDING'")
        .bind("command", command)
        .bind("instance", instance)
        .execute();
  }

  void cancelling(Handle tx, String command, String instance, long deadline) {
    tx.createUpdate(
            "UPDATE command_invocation SET state = 'CANCELLING', deadline = :deadline WHERE"
                + ONE
                + " AND state IN ('PENDING', 'IN_PROGRESS')")
        .bind("command", command)
        .bind("instance", instance)
        .bind("deadline", deadline)
        .execute();
  }

  /** Ends an open invocation; false where it had ended before. */
  boolean end(Handle tx, String command, String instance, InvocationState state) {
    return tx.createUpdate(
                "UPDATE command_invocation SET state = :state, deadline = NULL WHERE"
                    + ONE
                    + " AND"
                    + OPEN)
            .bind("command", command)
            .bind("instance", instance)
            .bind("state", state.name())
            .execute()
        == 1;
  }

  /** Ends all that were never sent; how many. */
  int endUnsent(Handle tx, String command, InvocationState state) {
    return tx.createUpdate(
            "UPDATE command_invocation SET state = :state WHERE command_id = :command"
                + " AND state = 'PENDING' AND sent_at IS NULL")
        .bind("command", command)
        .bind("state", state.name())
        .execute();
  }

  /** Those sent, and not ended, that are past their deadline. */
  List<StoredInvocation> overdue(Handle tx, String command, long now) {
    return tx.createQuery(
            "SELECT * FROM command_invocation WHERE command_id = :command"
                + " AND deadline <= :now AND"
                + OPEN)
        .bind("command", command)
        .bind("now", now)
        .map((row, context) -> invocation(row))
        .list();
  }

  List<StoredInvocation> open(Handle tx, String command) {
    return tx.createQuery("SELECT * FROM command_invocation WHERE command_id = :command AND" + OPEN)
        .bind("command", command)
        .map((row, context) -> invocation(row))
        .list();
  }

  List<String> openCommandsOf(Handle tx, String instance) {
    return tx.createQuery(
            "SELECT command_id FROM command_invocation WHERE instance_id = :instance AND"
                + OPEN
                + " ORDER BY command_id")
        .bind("instance", instance)
        .mapTo(String.class)
        .list();
  }

  Optional<Instant> nextDeadline(Handle tx, String command) {
    return tx.createQuery(
            "SELECT MIN(deadline) FROM command_invocation WHERE command_id = :command"
                + " AND deadline IS NOT NULL")
        .bind("command", command)
        .mapTo(Long.class)
        .findOne()
        .map(Instant::ofEpochMilli);
  }

  void trace(Handle tx, String command, String instance, String text) {
    tx.createUpdate("UPDATE command_invocation SET trace_output = :text WHERE" + ONE)
        .bind("command", command)
        .bind("instance", instance)
        .bind("text", text)
        .execute();
  }

  void delete(Handle tx, String command) {
    tx.createUpdate("DELETE FROM command_invocation WHERE command_id = :command")
        .bind("command", command)
        .execute();
  }

  static StoredInvocation invocation(ResultSet row) throws SQLException {
    row.getLong("sent_at");
    boolean sent = !row.wasNull();
    return new StoredInvocation(
        row.getString("command_id"),
        row.getString("instance_id"),
        InvocationState.valueOf(row.getString("state")),
        Instant.ofEpochMilli(row.getLong("requested_at")),
        sent,
        row.getString("trace_output"));
  }
}
