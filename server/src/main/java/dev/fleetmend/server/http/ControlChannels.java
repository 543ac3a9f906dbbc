package dev.fleetmend.server.http;

import java.nio.ByteBuffer;

/**
 * The control channels of nodes (MGS, {@code ssmmessages}), behind the listener. The listener has
 * seen by the signature that it is that node which asks.
 */
public interface ControlChannels {
  /** The token that the node opens its next channel with. */
  String createToken(String instanceId);

  /** Takes a node's web socket over. */
  Inbound connected(String instanceId, Socket socket);

  /** What comes from a node, one message after the other, on threads that may wait. */
  interface Inbound {
    void text(String message);

    /** Takes a binary message; the buffer is the callee's own. */
    void binary(ByteBuffer message);

    /** Nothing more will come; may be said more than once. */
    void closed();
  }

  /** A way to a node. */
  interface Socket {
    /** Sends a binary message, some time; what cannot be sent is lost. */
    void send(ByteBuffer message);

    /** Says good-bye as one who will not go on with this socket (status 1008). */
    void refuse(String reason);

    /** Says good-bye (status 1000). */
    void close(String reason);
  }
}
