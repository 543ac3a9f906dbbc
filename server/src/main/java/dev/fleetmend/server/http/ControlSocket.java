package dev.fleetmend.server.http;

import java.nio.ByteBuffer;
import java.util.concurrent.Executor;
import java.util.function.Consumer;
import org.eclipse.jetty.websocket.api.Callback;
import org.eclipse.jetty.websocket.api.Session;
import org.eclipse.jetty.websocket.api.StatusCode;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One node's web socket. A message is asked for only when the one before has been dealt with, so
 * that a node cannot fill the memory; Jetty answers pings by itself.
 */
public final class ControlSocket implements Session.Listener {
  private static final Logger LOG = LoggerFactory.getLogger(ControlSocket.class);

  private final String node;
  private final ControlChannels channels;
  private final Executor executor;
  private volatile ControlChannels.@Nullable Inbound inbound;
  private volatile @Nullable Session session;

  ControlSocket(String node, ControlChannels channels, Executor executor) {
    this.node = node;
    this.channels = channels;
    this.executor = executor;
  }

  @Override
  public void onWebSocketOpen(Session opened) {
    session = opened;
    inbound = channels.connected(node, new Outbound(opened));
    opened.demand();
  }

  @Override
  public void onWebSocketText(String message) {
    dealWith(in -> in.text(message));
  }

  @Override
  public void onWebSocketBinary(ByteBuffer message, Callback callback) {
    ByteBuffer own = ByteBuffer.allocate(message.remaining()).put(message).flip();
    callback.succeed();
    dealWith(in -> in.binary(own));
  }

  @Override
  public void onWebSocketClose(int status, String reason, Callback callback) {
    callback.succeed();
    dealWith(ControlChannels.Inbound::closed);
  }

  @Override
  public void onWebSocketError(Throwable cause) {
    LOG.debug("the control channel of {} broke", node, cause);
    dealWith(ControlChannels.Inbound::closed);
  }

  private void dealWith(Consumer<ControlChannels.Inbound> deed) {
    ControlChannels.Inbound in = inbound;
    Session open = session;
    if (in == null || open == null) {
      return;
    }
    executor.execute(
        () -> {
          try {
            deed.accept(in);
          } finally {
            if (open.isOpen()) {
              open.demand();
            }
          }
        });
  }

  /** The way back. */
  private record Outbound(Session session) implements ControlChannels.Socket {
    @Override
    public void send(ByteBuffer message) {
      session.sendBinary(
          message,
          Callback.from(() -> {}, failure -> LOG.debug("a frame could not be sent", failure)));
    }

    @Override
    public void refuse(String reason) {
      session.close(StatusCode.POLICY_VIOLATION, reason, Callback.NOOP);
    }

    @Override
    public void close(String reason) {
      session.close(StatusCode.NORMAL, reason, Callback.NOOP);
    }
  }
}
