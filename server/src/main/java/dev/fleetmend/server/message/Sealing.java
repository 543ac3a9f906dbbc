package dev.fleetmend.server.message;

import dev.fleetmend.protocol.message.Message;
import org.jdbi.v3.core.Handle;

/** Puts into a message, as it is handed out, what is kept nowhere else. */
@FunctionalInterface
public interface Sealing {
  /** The message as the node gets it, with the transaction that hands it out. */
  Message seal(Handle tx, Message message);
}
