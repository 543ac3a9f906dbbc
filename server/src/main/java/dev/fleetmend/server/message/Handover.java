package dev.fleetmend.server.message;

import dev.fleetmend.protocol.message.Message;
import dev.fleetmend.protocol.message.MessageId;
import dev.fleetmend.server.store.Store;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.function.Consumer;
import org.jdbi.v3.core.Handle;

/**
 * Hands messages to nodes, over whichever channel asks. A message is handed out again until the
 * node acknowledges it or says anything about it, and never after; and while one hand-over waits to
 * be acknowledged, no other channel or replica gets the message.
 */
public final class Handover {
  /** How many messages one hand-over has at most. */
  public static final int MOST_AT_ONCE = 5;

  private final Store store;
  private final Clock clock;
  private final MessageRows rows;
  private final ReplyListener listener;
  private volatile Sealing sealing = (tx, message) -> message;

  public Handover(Store store, Clock clock, Mailbox mailbox, ReplyListener listener) {
    this.store = store;
    this.clock = clock;
    this.rows = mailbox.rows();
    this.listener = listener;
  }

  /** Has something put into messages that is only for the node that gets them. */
  public void sealing(Sealing way) {
    sealing = way;
  }

  /**
   * Hands out what waits for a node, oldest first.
   *
   * @param hidden how long the node has to acknowledge it
   */
  public List<Message> take(String node, Duration hidden) {
    long now = clock.millis();
    if (!store.read(handle -> rows.ready(handle, node, now))) {
      return List.of();
    }
    long until = now + hidden.toMillis();
    return store.write(
        tx ->
            rows.claim(tx, node, now, until, MOST_AT_ONCE).stream()
                .map(message -> sealing.seal(tx, message))
                .toList());
  }

  /** The node has the message. */
  public void acknowledged(MessageId message) {
    settle(message, tx -> listener.acknowledged(tx, message));
  }

  /** The node answers; see {@link ReplyListener#replied}. */
  public void replied(MessageId message, String replyId, String payload) {
    settle(message, tx -> listener.replied(tx, message, replyId, payload));
  }

  /** The node cannot make anything of the message. */
  public void failed(MessageId message, String failureType) {
    settle(message, tx -> listener.failed(tx, message, failureType));
  }

  /** The node could not take the message now: it is handed out again after a while. */
  public void later(MessageId message, Duration wait) {
    long until = clock.millis() + wait.toMillis();
    store.change(tx -> rows.hide(tx, message.text(), until));
  }

  private void settle(MessageId message, Consumer<Handle> heard) {
    store.change(
        tx -> {
          rows.delete(tx, message.text());
          heard.accept(tx);
        });
  }
}
