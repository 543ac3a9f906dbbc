package dev.fleetmend.server.message;

import dev.fleetmend.protocol.message.MessageId;
import org.jdbi.v3.core.Handle;

/**
 * Hears what nodes say about their messages, each time in the transaction that takes the message
 * out of the mailbox. The message may be unknown, or long since answered.
 */
public interface ReplyListener {
  /** The node has taken the message over. */
  void acknowledged(Handle tx, MessageId message);

  /**
   * The node answers.
   *
   * @param replyId the same again for a reply that is resent
   * @param payload JSON text as the node sent it, perhaps none that can be read
   */
  void replied(Handle tx, MessageId message, String replyId, String payload);

  /** The node cannot handle the message. */
  void failed(Handle tx, MessageId message, String failureType);
}
