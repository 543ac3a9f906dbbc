package dev.fleetmend.server.command;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.fleetmend.api.AwsJson;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.jdbi.v3.core.Handle;
import software.amazon.awssdk.services.ssm.model.CommandStatus;
import software.amazon.awssdk.services.ssm.model.SendCommandRequest;

/** The table command. */
final class CommandRows {
  private final AwsJson json = new AwsJson();

  void insert(Handle tx, StoredCommand command) {
    tx.createUpdate(
            "INSERT INTO command (id, document_name, document_version, request, payload, status,"
                + " status_details, requested_at, expires_at, delivery_millis, concurrency,"
                + " error_limit, when_ended, target_count) VALUES (:id, :name, :version, :request,"
                + " :payload, :status, :details, :requested, :expires, :delivery, :concurrency,"
                + " :errors, :ended, :targets)")
        .bind("id", command.id())
        .bind("name", command.documentName())
        .bind("version", command.documentVersion())
        .bind("request", new String(json.write(command.request()), UTF_8))
        .bind("payload", command.payload())
        .bind("status", command.status().toString())
        .bind("details", command.statusDetails())
        .bind("requested", command.requestedAt().toEpochMilli())
        .bind("expires", command.expiresAt().toEpochMilli())
        .bind("delivery", command.delivery().toMillis())
        .bind("concurrency", command.rate().concurrency())
        .bind("errors", command.rate().errorLimit())
        .bind("ended", command.whenEnded())
        .bind("targets", command.tally().targets())
        .execute();
  }

  Optional<StoredCommand> find(Handle db, String id) {
    return db.createQuery("SELECT * FROM command WHERE id = :id")
        .bind("id", id)
        .map((row, context) -> command(row))
        .findOne();
  }

  /**
   * Reads a command and keeps other transactions from changing it, or anything of it, until this
   * one ends. Whoever changes an invocation locks its command first.
   */
  Optional<StoredCommand> lock(Handle tx, String id) {
    return tx.createQuery("UPDATE command SET status = status WHERE id = :id RETURNING *")
        .bind("id", id)
        .map((row, context) -> command(row))
        .findOne();
  }

  void status(Handle tx, String id, CommandStatus status, String details) {
    tx.createUpdate("UPDATE command SET status = :status, status_details = :details WHERE id = :id")
        .bind("id", id)
        .bind("status", status.toString())
        .bind("details", details)
        .execute();
  }

  void sent(Handle tx, String id, int invocations) {
    tx.createUpdate("UPDATE command SET sent_count = sent_count + :n WHERE id = :id")
        .bind("id", id)
        .bind("n", invocations)
        .execute();
  }

  /** Counts invocations that have ended. */
  void ended(Handle tx, String id, InvocationState state, int invocations, boolean sent) {
    String counter = state.counter();
    tx.createUpdate(
            "UPDATE command SET ended_count = ended_count + :n"
                + (sent ? ", sent_ended_count = sent_ended_count + :n" : "")
                + (counter.isEmpty() ? "" : ", " + counter + " = " + counter + " + :n")
                + " WHERE id = :id")
        .bind("id", id)
        .bind("n", invocations)
        .execute();
  }

  void delete(Handle tx, String id) {
    tx.createUpdate("DELETE FROM command WHERE id = :id").bind("id", id).execute();
  }

  StoredCommand command(ResultSet row) throws SQLException {
    return new StoredCommand(
        row.getString("id"),
        row.getString("document_name"),
        row.getString("document_version"),
        json.read(row.getString("request").getBytes(UTF_8), SendCommandRequest.class),
        row.getString("payload"),
        CommandStatus.fromValue(row.getString("status")),
        row.getString("status_details"),
        Instant.ofEpochMilli(row.getLong("requested_at")),
        Instant.ofEpochMilli(row.getLong("expires_at")),
        Duration.ofMillis(row.getLong("delivery_millis")),
        new RateControl(row.getInt("concurrency"), row.getInt("error_limit")),
        row.getString("when_ended"),
        new Tally(
            row.getInt("target_count"),
            row.getInt("sent_count"),
            row.getInt("sent_ended_count"),
            row.getInt("ended_count"),
            row.getInt("success_count"),
            row.getInt("failed_count"),
            row.getInt("execution_timed_out_count"),
            row.getInt("delivery_timed_out_count"),
            row.getInt("cancelled_count")));
  }
}
