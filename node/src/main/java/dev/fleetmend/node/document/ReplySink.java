package dev.fleetmend.node.document;

import dev.fleetmend.protocol.message.CommandReply;
import java.io.IOException;

/** Takes replies to be sent to the server, in order. */
public interface ReplySink {
  /** Takes a reply over: it is on the disk when this returns, and sent sooner or later. */
  void reply(String messageId, CommandReply reply) throws IOException;
}
