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
  private volatile Push push = new NoPush();

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
   * Posts a message with the caller's transaction. A node that is connected or polling gets it once
   * that is committed. A message posted twice is one message.
   */
  public void post(Handle tx, Outgoing message) {
    String node = message.id().instanceId();
    rows.insert(tx, message, message.topic().text(region, node), clock.millis());
    tx.afterCommit(() -> wake(node));
  }

  /**
   * Takes a message back with the caller's transaction.
   *
   * @return how often it was handed out, or -1 when the node has taken it over or it is not known
   */
  public int withdraw(Handle tx, MessageId message) {
    return rows.delete(tx, message.text());
  }

  /** Has nodes reached by a better way than their polls, where there is one. */
  public void preferring(Push way) {
    push = way;
  }

  /** Has a node that is reached from here fetch what waits for it. */
  void wake(String node) {
    if (!push.push(node)) {
      polls.wake(node);
    }
  }

  boolean anybodyWaits() {
    return polls.count() > 0 || push.reach() > 0;
  }

  MessageRows rows() {
    return rows;
  }

  ParkedPolls polls() {
    return polls;
  }

  /** Before any channel is offered. */
  private static final class NoPush implements Push {
    @Override
    public boolean push(String node) {
      return false;
    }

    @Override
    public int reach() {
      return 0;
    }
  }
}
