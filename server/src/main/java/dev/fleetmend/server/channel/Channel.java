package dev.fleetmend.server.channel;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.fleetmend.protocol.frame.AckCode;
import dev.fleetmend.protocol.frame.AgentJob;
import dev.fleetmend.protocol.frame.AgentJobAck;
import dev.fleetmend.protocol.frame.AgentJobReply;
import dev.fleetmend.protocol.frame.AgentJobReplyAck;
import dev.fleetmend.protocol.frame.Frame;
import dev.fleetmend.protocol.frame.FrameType;
import dev.fleetmend.protocol.frame.MalformedFrameException;
import dev.fleetmend.protocol.frame.OpenControlChannel;
import dev.fleetmend.protocol.json.MalformedJsonException;
import dev.fleetmend.protocol.json.Naming;
import dev.fleetmend.protocol.json.RecordJson;
import dev.fleetmend.protocol.message.Message;
import dev.fleetmend.protocol.message.MessageId;
import dev.fleetmend.server.http.ControlChannels;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One node's channel: jobs out, acknowledgements and replies in. It is open once the node has shown
 * its token. What it cannot store it does not acknowledge, so that it comes again.
 */
final class Channel implements ControlChannels.Inbound {
  private static final Logger LOG = LoggerFactory.getLogger(Channel.class);

  /** An agent acknowledges at once; one that is still starting loses the job. */
  private static final Duration TO_ACKNOWLEDGE = Duration.ofSeconds(10);

  /** An agent that is busy has commands that run for minutes. */
  private static final Duration BUSY = Duration.ofSeconds(5);

  private final MessageGateway gateway;
  private final String node;
  private final String id;
  private final ControlChannels.Socket socket;
  private final RecordJson pascal = new RecordJson(Naming.PASCAL);
  private final RecordJson camel = new RecordJson(Naming.CAMEL);
  private final AtomicInteger wanted = new AtomicInteger();
  private volatile boolean open;

  Channel(MessageGateway gateway, String node, String id, ControlChannels.Socket socket) {
    this.gateway = gateway;
    this.node = node;
    this.id = id;
    this.socket = socket;
  }

  String node() {
    return node;
  }

  String id() {
    return id;
  }

  /** Hands over what waits for the node, on another thread, one hand-over at a time. */
  void deliverSoon() {
    if (wanted.getAndIncrement() == 0) {
      gateway.executor().execute(this::deliver);
    }
  }

  void end(String reason) {
    open = false;
    socket.close(reason);
  }

  @Override
  public void text(String message) {
    if (open) {
      return;
    }
    if (!mayOpen(message)) {
      LOG.warn("{} wanted to open its control channel without a token that is good", node);
      socket.refuse("The token is not valid.");
      return;
    }
    open = true;
    gateway.opened(this);
  }

  private boolean mayOpen(String message) {
    try {
      OpenControlChannel asked = pascal.read(message.getBytes(UTF_8), OpenControlChannel.class);
      return gateway.core().channelTokens().opens(node, asked.tokenValue());
    } catch (MalformedJsonException e) {
      return false;
    }
  }

  @Override
  public void binary(ByteBuffer message) {
    if (!open) {
      socket.refuse("The channel has not been opened.");
      return;
    }
    try {
      Frame frame = Frame.decode(message);
      switch (FrameType.of(frame.type())) {
        case AGENT_JOB_ACK -> acknowledged(frame);
        case AGENT_JOB_REPLY -> replied(frame);
        // Sessions and telemetry are not for us, and newer agents may say more.
        case AGENT_JOB, AGENT_JOB_REPLY_ACK -> {}
        case null -> {}
      }
    } catch (MalformedFrameException | MalformedJsonException e) {
      LOG.warn("a frame of {} cannot be read: {}", node, e.getMessage());
    } catch (RuntimeException e) {
      LOG.error("a frame of {} was not taken in; it will come again", node, e);
    }
  }

  private void acknowledged(Frame frame) {
    AgentJobAck ack = camel.read(frame.payload().getBytes(UTF_8), AgentJobAck.class);
    MessageId job = own(ack.jobId());
    if (job == null) {
      return;
    }
    switch (AckCode.of(ack.statusCode())) {
      case TAKEN -> gateway.handover().acknowledged(job);
      case LATER -> gateway.handover().later(job, BUSY);
      case REFUSED -> {
        LOG.warn("{} refuses {}: {} {}", node, job.text(), ack.statusCode(), ack.errorMessage());
        gateway.handover().failed(job, ack.statusCode());
      }
    }
  }

  private void replied(Frame frame) {
    AgentJobReply reply = camel.read(frame.payload().getBytes(UTF_8), AgentJobReply.class);
    MessageId job = own(reply.jobId());
    if (job == null) {
      return;
    }
    gateway.handover().replied(job, frame.id().toString(), reply.content());
    send(
        FrameType.AGENT_JOB_REPLY_ACK,
        camel.write(new AgentJobReplyAck(reply.jobId(), frame.id().toString())));
  }

  private @Nullable MessageId own(String jobId) {
    MessageId job = MessageId.parse(jobId);
    if (job == null || !job.instanceId().equals(node)) {
      LOG.warn("{} speaks of a job that is none of its own", node);
      return null;
    }
    return job;
  }

  @Override
  public void closed() {
    open = false;
    try {
      gateway.closed(this);
    } catch (RuntimeException e) {
      LOG.warn("the end of the control channel of {} was not noted; no harm", node, e);
    }
  }

  private void deliver() {
    int done;
    do {
      done = wanted.get();
      try {
        deliverAll();
      } catch (RuntimeException e) {
        LOG.error("messages for {} were not handed over; trying again", node, e);
      }
    } while (wanted.addAndGet(-done) > 0);
  }

  private void deliverAll() {
    List<Message> messages;
    do {
      if (!open) {
        return;
      }
      String newest = gateway.newest(node).orElse("");
      if (!newest.equals(id)) {
        end(newest.isEmpty() ? MessageGateway.GONE : MessageGateway.REPLACED);
        return;
      }
      messages = gateway.handover().take(node, TO_ACKNOWLEDGE);
      for (Message message : messages) {
        send(
            FrameType.AGENT_JOB,
            pascal.write(new AgentJob(1, message.messageId(), message.topic(), message.payload())));
      }
    } while (!messages.isEmpty());
  }

  private void send(FrameType type, byte[] payload) {
    socket.send(
        Frame.of(
                type,
                gateway.core().clock().instant(),
                UUID.randomUUID(),
                new String(payload, UTF_8))
            .encode());
  }
}
