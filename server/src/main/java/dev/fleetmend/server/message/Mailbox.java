package dev.fleetmend.server.message;

import dev.fleetmend.protocol.message.MessageId;
import java.time.Clock;
import org.jdbi.v3.core.Handle;

/** Messages on their way to nodes. They wait in the database until a node takes them over. */
public final class Mailbox {
  private final Clock clock;
  private final String region;
  private final MessageRows rows;
  private final ParkedPolls polls;

  /**
   * @param region the region that topics name
   */
  public Mailbox(Clock clock, String region) {
    this.clock = clock;
    this.region = region;
    this.rows = new MessageRows();
    this.polls = new ParkedPolls();
  }

  /**
   * Posts a message with the caller's transaction. A node that is polling gets it once that is
   * committed. A message posted twice is one message.
   */
  public void post(Handle tx, Outgoing message) {
    String node = message.id().instanceId();
    rows.insert(tx, message, message.topic().text(region, node), clock.millis());
    tx.afterCommit(() -> polls.wake(node));
  }

  /**
   * Takes a message back with the caller's transaction.
   *
   * @return how often it was handed out, or -1 when the node has taken it over or it is not known
   */
  public int withdraw(Handle tx, MessageId message) {
    return rows.delete(tx, message.text());
  }

  MessageRows rows() {
    return rows;
  }

  ParkedPolls polls() {
    return polls;
  }
}
