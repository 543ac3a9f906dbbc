package dev.fleetmend.server.message;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.fleetmend.protocol.message.Message;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.HexFormat;
import java.util.List;
import org.jdbi.v3.core.Handle;

/** The tables message and message_payload. */
final class MessageRows {
  private static final DateTimeFormatter MILLIS =
      DateTimeFormatter.ofPattern("yyyy-MM-dd'T'HH:mm:ss.SSS'Z'").withZone(ZoneOffset.UTC);
  private static final String READY =
      " node_id = :node AND visible_at <= :now AND expires_at > :now";

  void insert(Handle tx, Outgoing message, String topic, long now) {
    String digest = sha256(message.payload());
    long expiresAt = message.expiresAt().toEpochMilli();
    sweep(tx, now);
    tx.createUpdate(
            "INSERT INTO message_payload (digest, payload, expires_at)"
                + " VALUES (:digest, :payload, :expires)"
                + " ON CONFLICT (digest) DO UPDATE SET expires_at ="
                + " CASE WHEN excluded.expires_at > message_payload.expires_at"
                + " THEN excluded.expires_at ELSE message_payload.expires_at END")
        .bind("digest", digest)
        .bind("payload", message.payload())
        .bind("expires", expiresAt)
        .execute();
    tx.createUpdate(
            "INSERT INTO message (id, node_id, topic, payload_digest, created_at, expires_at,"
                + " visible_at, deliveries)"
                + " VALUES (:id, :node, :topic, :digest, :now, :expires, :now, 0)"
                + " ON CONFLICT (id) DO NOTHING")
        .bind("id", message.id().text())
        .bind("node", message.id().instanceId())
        .bind("topic", topic)
        .bind("digest", digest)
        .bind("now", now)
        .bind("expires", expiresAt)
        .execute();
  }

  private static void sweep(Handle tx, long now) {
    tx.createUpdate("DELETE FROM message WHERE expires_at < :now").bind("now", now).execute();
    tx.createUpdate("DELETE FROM message_payload WHERE expires_at < :now")
        .bind("now", now)
        .execute();
  }

  boolean ready(Handle handle, String node, long now) {
    return handle
        .createQuery("SELECT 1 FROM message WHERE" + READY + " LIMIT 1")
        .bind("node", node)
        .bind("now", now)
        .mapTo(Integer.class)
        .findOne()
        .isPresent();
  }

  /** Hands messages out, oldest first, and hides them from other polls until a time. */
  List<Message> claim(Handle tx, String node, long now, long hiddenUntil, int most) {
    return tx
        .createQuery(
            "UPDATE message SET visible_at = :until, deliveries = deliveries + 1"
                + " WHERE id IN (SELECT id FROM message WHERE"
                + READY
                + " ORDER BY created_at, id LIMIT :most) AND"
                + READY
                + " RETURNING id, topic, created_at, payload_digest")
        .bind("node", node)
        .bind("now", now)
        .bind("until", hiddenUntil)
        .bind("most", most)
        .map(
            (row, context) ->
                new Message(
                    row.getString("id"),
                    row.getString("topic"),
                    node,
                    MILLIS.format(Instant.ofEpochMilli(row.getLong("created_at"))),
                    "",
                    row.getString("payload_digest")))
        .list()
        .stream()
        .sorted((a, b) -> a.createdDate().compareTo(b.createdDate()))
        .map(message -> withPayload(tx, message))
        .toList();
  }

  private static Message withPayload(Handle tx, Message message) {
    String payload =
        tx.createQuery("SELECT payload FROM message_payload WHERE digest = :digest")
            .bind("digest", message.payloadDigest())
            .mapTo(String.class)
            .one();
    return new Message(
        message.messageId(),
        message.topic(),
        message.destination(),
        message.createdDate(),
        payload,
        message.payloadDigest());
  }

  /** Keeps a message from being handed out until a time. */
  void hide(Handle tx, String id, long until) {
    tx.createUpdate("UPDATE message SET visible_at = :until WHERE id = :id")
        .bind("id", id)
        .bind("until", until)
        .execute();
  }

  /** The nodes for which something has become ready after a time. */
  List<String> nodesReadySince(Handle db, long since, long now) {
    return db.createQuery(
            "SELECT DISTINCT node_id FROM message WHERE visible_at > :since"
                + " AND visible_at <= :now AND expires_at > :now")
        .bind("since", since)
        .bind("now", now)
        .mapTo(String.class)
        .list();
  }

  /** Deletes a message; how often it was handed out, or -1 when there is none. */
  int delete(Handle tx, String id) {
    return tx.createQuery("DELETE FROM message WHERE id = :id RETURNING deliveries")
        .bind("id", id)
        .mapTo(Integer.class)
        .findOne()
        .orElse(-1);
  }

  private static String sha256(String text) {
    try {
      return HexFormat.of()
          .formatHex(MessageDigest.getInstance("SHA-256").digest(text.getBytes(UTF_8)));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every JDK has SHA-256", e);
    }
  }
}
