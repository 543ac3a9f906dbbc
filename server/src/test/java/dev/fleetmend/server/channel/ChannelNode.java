package dev.fleetmend.server.channel;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.awaitility.Awaitility.await;

import dev.fleetmend.protocol.frame.AgentJob;
import dev.fleetmend.protocol.frame.AgentJobAck;
import dev.fleetmend.protocol.frame.AgentJobReply;
import dev.fleetmend.protocol.frame.AgentJobReplyAck;
import dev.fleetmend.protocol.frame.Frame;
import dev.fleetmend.protocol.frame.FrameType;
import dev.fleetmend.protocol.frame.MalformedFrameException;
import dev.fleetmend.protocol.frame.OpenControlChannel;
import dev.fleetmend.protocol.json.Naming;
import dev.fleetmend.protocol.json.RecordJson;
import dev.fleetmend.server.http.ControlChannels;
import java.nio.ByteBuffer;
import java.time.Instant;
import java.util.Objects;
import java.util.UUID;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import org.jspecify.annotations.Nullable;

/** The node's end of a control channel, which the test has say what it likes. */
final class ChannelNode implements ControlChannels.Socket {
  private static final RecordJson PASCAL = new RecordJson(Naming.PASCAL);
  private static final RecordJson CAMEL = new RecordJson(Naming.CAMEL);

  private final BlockingQueue<Frame> received = new LinkedBlockingQueue<>();
  private final ControlChannels.Inbound server;
  private volatile @Nullable String ended;

  private ChannelNode(ControlChannels channels, String node) {
    this.server = channels.connected(node, this);
  }

  /** Connects, and shows no token yet. */
  static ChannelNode connected(ControlChannels channels, String node) {
    return new ChannelNode(channels, node);
  }

  /** Connects and opens the channel as an agent does. */
  static ChannelNode open(ControlChannels channels, String node) {
    ChannelNode end = connected(channels, node);
    end.show(channels.createToken(node));
    return end;
  }

  void show(String token) {
    server.text(
        new String(
            PASCAL.write(new OpenControlChannel("1.0", "request", token, "3.3.1142.0", "linux")),
            UTF_8));
  }

  void say(String text) {
    server.text(text);
  }

  void say(ByteBuffer bytes) {
    server.binary(bytes);
  }

  /** The socket is gone without a word. */
  void drop() {
    server.closed();
  }

  /** A job as it came. */
  record Job(UUID frame, AgentJob body) {}

  /** The next job; waits for it. */
  Job nextJob() {
    Frame frame = next();
    if (FrameType.of(frame.type()) != FrameType.AGENT_JOB) {
      throw new AssertionError("no job but " + frame);
    }
    return new Job(frame.id(), PASCAL.read(frame.payload().getBytes(UTF_8), AgentJob.class));
  }

  /** The frame that the next acknowledgement of a reply names. */
  UUID nextReplyAck() {
    Frame frame = next();
    if (FrameType.of(frame.type()) != FrameType.AGENT_JOB_REPLY_ACK) {
      throw new AssertionError("no acknowledgement but " + frame);
    }
    return UUID.fromString(
        CAMEL
            .read(frame.payload().getBytes(UTF_8), AgentJobReplyAck.class)
            .acknowledgedMessageId());
  }

  boolean heardNothingMore() {
    return received.isEmpty();
  }

  private Frame next() {
    await().until(() -> !received.isEmpty());
    return Objects.requireNonNull(received.poll());
  }

  void acknowledge(Job job, String code) {
    AgentJobAck ack =
        new AgentJobAck(
            job.body().jobId(),
            job.frame().toString(),
            "2026-11-02T10:00:00.000Z",
            code,
            "Successful");
    send(FrameType.AGENT_JOB_ACK, UUID.randomUUID(), CAMEL.write(ack));
  }

  /** Sends a reply in a frame of its own; gives that frame's id. */
  UUID reply(String jobId, String content) {
    UUID frame = UUID.randomUUID();
    reply(frame, jobId, content);
    return frame;
  }

  void reply(UUID frame, String jobId, String content) {
    send(
        FrameType.AGENT_JOB_REPLY,
        frame,
        CAMEL.write(new AgentJobReply(1, jobId, content, "aws.ssm.sendCommand")));
  }

  private void send(FrameType type, UUID frame, byte[] payload) {
    say(Frame.of(type, Instant.EPOCH.plusMillis(1), frame, new String(payload, UTF_8)).encode());
  }

  /** Why the server has ended the channel, or null while it has not. */
  @Nullable String ended() {
    return ended;
  }

  @Override
  public void send(ByteBuffer message) {
    try {
      received.add(Frame.decode(message));
    } catch (MalformedFrameException e) {
      throw new AssertionError(e);
    }
  }

  @Override
  public void refuse(String reason) {
    close("refused: " + reason);
  }

  @Override
  public void close(String reason) {
    ended = reason;
    server.closed();
  }
}
