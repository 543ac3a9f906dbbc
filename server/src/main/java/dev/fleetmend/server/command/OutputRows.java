package dev.fleetmend.server.command;

import java.io.ByteArrayOutputStream;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.SqlStatement;

/** The tables command_output and command_output_piece. */
final class OutputRows {
  private static final String ONE =
      " command_id = :command AND instance_id = :instance AND step = :step AND stream = :stream";

  /**
   * How far a stream has come.
   *
   * @param length bytes that are kept
   * @param complete whether the node has said that nothing follows
   * @param cut whether the node had more than is kept
   */
  record Progress(long length, boolean complete, boolean cut, Instant updatedAt) {}

  /** Where a stream stands; other transactions cannot add to it until this one ends. */
  Progress lock(Handle tx, StepStream stream, Instant now) {
    bound(
            tx.createUpdate(
                "INSERT INTO command_output (command_id, instance_id, step, stream, length,"
                    + " complete, cut, updated_at) VALUES (:command, :instance, :step, :stream, 0,"
                    + " :no, :no, :now) ON CONFLICT (command_id, instance_id, step, stream)"
                    + " DO NOTHING"),
            stream)
        .bind("no", false)
        .bind("now", now.toEpochMilli())
        .execute();
    return bound(
            tx.createQuery(
                "UPDATE command_output SET length = length WHERE" + ONE + " RETURNING *"),
            stream)
        .map((row, context) -> progress(row))
        .one();
  }

  Optional<Progress> find(Handle db, StepStream stream) {
    return bound(db.createQuery("SELECT * FROM command_output WHERE" + ONE), stream)
        .map((row, context) -> progress(row))
        .findOne();
  }

  /** All bytes that are kept of a command on one node. */
  long lengthOf(Handle db, String commandId, String instanceId) {
    return db.createQuery(
            "SELECT COALESCE(SUM(length), 0) FROM command_output"
                + " WHERE command_id = :command AND instance_id = :instance")
        .bind("command", commandId)
        .bind("instance", instanceId)
        .mapTo(Long.class)
        .one();
  }

  void append(Handle tx, StepStream stream, long position, byte[] bytes) {
    bound(
            tx.createUpdate(
                "INSERT INTO command_output_piece (command_id, instance_id, step, stream, position,"
                    + " bytes) VALUES (:command, :instance, :step, :stream, :position, :bytes)"),
            stream)
        .bind("position", position)
        .bind("bytes", bytes)
        .execute();
  }

  void write(Handle tx, StepStream stream, Progress progress) {
    bound(
            tx.createUpdate(
                "UPDATE command_output SET length = :length, complete = :complete, cut = :cut,"
                    + " updated_at = :now WHERE"
                    + ONE),
            stream)
        .bind("length", progress.length())
        .bind("complete", progress.complete())
        .bind("cut", progress.cut())
        .bind("now", progress.updatedAt().toEpochMilli())
        .execute();
  }

  /** The bytes from a position on, at most as many as asked; empty at the end. */
  byte[] read(Handle db, StepStream stream, long from, int most) {
    List<Map.Entry<Long, byte[]>> pieces =
        bound(
                db.createQuery(
                    "SELECT position, bytes FROM command_output_piece WHERE"
                        + ONE
                        + " AND position >= COALESCE((SELECT MAX(position)"
                        + " FROM command_output_piece WHERE"
                        + ONE
                        + " AND position <= :from), 0) AND position < :end ORDER BY position"),
                stream)
            .bind("from", from)
            .bind("end", from + most)
            .map((row, context) -> Map.entry(row.getLong(1), row.getBytes(2)))
            .list();
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    for (Map.Entry<Long, byte[]> piece : pieces) {
      int start = (int) Math.max(0, from - piece.getKey());
      int length = Math.min(piece.getValue().length - start, most - bytes.size());
      if (length > 0) {
        bytes.write(piece.getValue(), start, length);
      }
    }
    return bytes.toByteArray();
  }

  void delete(Handle tx, String commandId) {
    for (String table : List.of("command_output_piece", "command_output")) {
      tx.createUpdate("DELETE FROM " + table + " WHERE command_id = :command")
          .bind("command", commandId)
          .execute();
    }
  }

  private static <S extends SqlStatement<S>> S bound(S statement, StepStream stream) {
    return statement
        .bind("command", stream.commandId())
        .bind("instance", stream.instanceId())
        .bind("step", stream.step())
        .bind("stream", stream.stream());
  }

  private static Progress progress(ResultSet row) throws SQLException {
    return new Progress(
        row.getLong("length"),
        row.getBoolean("complete"),
        row.getBoolean("cut"),
        Instant.ofEpochMilli(row.getLong("updated_at")));
  }
}
