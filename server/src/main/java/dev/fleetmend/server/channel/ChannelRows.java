package dev.fleetmend.server.channel;

import java.util.Optional;
import org.jdbi.v3.core.Handle;

/** The table control_channel. */
final class ChannelRows {
  /** Notes a node's newest channel. */
  void opened(Handle tx, String node, String channel, long now) {
    tx.createUpdate(
            "INSERT INTO control_channel (node_id, channel_id, opened_at)"
                + " VALUES (:node, :channel, :now) ON CONFLICT (node_id) DO UPDATE SET"
                + " channel_id = excluded.channel_id, opened_at = excluded.opened_at")
        .bind("node", node)
        .bind("channel", channel)
        .bind("now", now)
        .execute();
  }

  /** Forgets a channel, unless the node has opened another since. */
  void closed(Handle tx, String node, String channel) {
    tx.createUpdate("DELETE FROM control_channel WHERE node_id = :node AND channel_id = :channel")
        .bind("node", node)
        .bind("channel", channel)
        .execute();
  }

  void forget(Handle tx, String node) {
    tx.createUpdate("DELETE FROM control_channel WHERE node_id = :node")
        .bind("node", node)
        .execute();
  }

  /** The id of a node's newest channel. */
  Optional<String> newest(Handle db, String node) {
    return db.createQuery("SELECT channel_id FROM control_channel WHERE node_id = :node")
        .bind("node", node)
        .mapTo(String.class)
        .findOne();
  }
}
