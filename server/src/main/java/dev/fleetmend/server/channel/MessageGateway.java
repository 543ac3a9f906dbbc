package dev.fleetmend.server.channel;

import dev.fleetmend.server.Core;
import dev.fleetmend.server.http.ControlChannels;
import dev.fleetmend.server.message.Handover;
import dev.fleetmend.server.message.Push;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executor;
import org.jdbi.v3.core.Handle;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The control channels whose sockets this replica holds, one a node: a node that opens another has
 * given up the one before, wherever that was.
 */
public final class MessageGateway implements ControlChannels, Push {
  private static final Logger LOG = LoggerFactory.getLogger(MessageGateway.class);

  static final String REPLACED = "the node has opened a newer channel";
  static final String GONE = "the node is not registered any more";

  private final Core core;
  private final Handover handover;
  private final Executor executor;
  private final ChannelRows rows = new ChannelRows();
  private final Map<String, Channel> open = new ConcurrentHashMap<>();

  /**
   * @param executor runs hand-overs, never on the calling thread, which may hold the database
   */
  public MessageGateway(Core core, Handover handover, Executor executor) {
    this.core = core;
    this.handover = handover;
    this.executor = executor;
  }

  @Override
  public String createToken(String instanceId) {
    return core.channelTokens().issue(instanceId);
  }

  @Override
  public Inbound connected(String instanceId, Socket socket) {
    return new Channel(this, instanceId, UUID.randomUUID().toString(), socket);
  }

  @Override
  public boolean push(String node) {
    Channel channel = open.get(node);
    if (channel == null) {
      return false;
    }
    channel.deliverSoon();
    return true;
  }

  @Override
  public int reach() {
    return open.size();
  }

  /** Ends the channel of a node that is deregistered. */
  public void forget(Handle tx, String node) {
    rows.forget(tx, node);
    tx.afterCommit(
        () -> {
          Channel gone = open.remove(node);
          if (gone != null) {
            gone.end(GONE);
          }
        });
  }

  Core core() {
    return core;
  }

  Handover handover() {
    return handover;
  }

  Executor executor() {
    return executor;
  }

  /** Makes a channel the one of its node. */
  void opened(Channel channel) {
    core.store().change(tx -> rows.opened(tx, channel.node(), channel.id(), core.clock().millis()));
    Channel before = open.put(channel.node(), channel);
    if (before != null) {
      before.end(REPLACED);
    }
    LOG.info("{} has opened its control channel", channel.node());
    channel.deliverSoon();
  }

  /** The id of a node's newest channel, on whichever replica. */
  Optional<String> newest(String node) {
    return core.store().read(db -> rows.newest(db, node));
  }

  void closed(Channel channel) {
    if (open.remove(channel.node(), channel)) {
      LOG.info("the control channel of {} is closed", channel.node());
    }
    core.store().change(tx -> rows.closed(tx, channel.node(), channel.id()));
  }
}
