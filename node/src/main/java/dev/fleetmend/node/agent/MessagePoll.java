package dev.fleetmend.node.agent;

import dev.fleetmend.node.AgentLog;
import dev.fleetmend.node.http.Call;
import dev.fleetmend.node.http.ServiceClient;
import dev.fleetmend.node.http.Target;
import dev.fleetmend.node.patch.RefusedException;
import dev.fleetmend.protocol.message.AcknowledgeMessageRequest;
import dev.fleetmend.protocol.message.Empty;
import dev.fleetmend.protocol.message.FailMessageRequest;
import dev.fleetmend.protocol.message.GetMessagesRequest;
import dev.fleetmend.protocol.message.GetMessagesResponse;
import dev.fleetmend.protocol.message.Message;
import dev.fleetmend.protocol.message.Topic;
import java.io.IOException;
import java.time.Duration;
import java.util.UUID;

/** Fetches messages by long polls, hands them over and acknowledges them. */
final class MessagePoll {
  private static final Call GET = new Call(Target.MESSAGES, "GetMessages", Duration.ofSeconds(25));
  private static final int VISIBILITY_SECONDS = 10;

  /** A server that holds no poll must not be hammered. */
  private static final Duration SHORTEST_ROUND = Duration.ofSeconds(1);

  private final ServiceClient server;
  private final String instanceId;
  private final CommandBook commands;
  private final Backoff backoff;
  private final AgentLog log;

  MessagePoll(
      ServiceClient server,
      String instanceId,
      CommandBook commands,
      Backoff backoff,
      AgentLog log) {
    this.server = server;
    this.instanceId = instanceId;
    this.commands = commands;
    this.backoff = backoff;
    this.log = log;
  }

  /** Polls until the thread is interrupted. */
  void run() throws InterruptedException {
    boolean failing = false;
    while (true) {
      long began = System.nanoTime();
      try {
        boolean idle = round();
        backoff.succeeded();
        if (failing) {
          log.info(server.endpoint() + " answers again");
          failing = false;
        }
        long left = SHORTEST_ROUND.toMillis() - (System.nanoTime() - began) / 1_000_000;
        if (idle && left > 0) {
          Thread.sleep(left);
        }
      } catch (IOException | RefusedException e) {
        Duration pause = backoff.failed();
        if (!failing) {
          log.warn("no messages from " + server.endpoint() + ", trying on", e);
          failing = true;
        }
        Thread.sleep(pause);
      }
    }
  }

  private boolean round() throws IOException, RefusedException {
    GetMessagesResponse answer =
        server.call(
            GET,
            new GetMessagesRequest(instanceId, UUID.randomUUID().toString(), VISIBILITY_SECONDS),
            GetMessagesResponse.class);
    for (Message message : answer.messages()) {
      take(message);
    }
    return answer.messages().isEmpty();
  }

  private void take(Message message) throws IOException, RefusedException {
    Topic topic = Topic.of(message.topic());
    boolean taken =
        switch (topic) {
          case SEND_COMMAND -> commands.accept(message);
          case CANCEL_COMMAND -> commands.cancel(message);
          case null -> false;
        };
    if (taken) {
      server.call(
          Call.of(Target.MESSAGES, "AcknowledgeMessage"),
          new AcknowledgeMessageRequest(message.messageId()),
          Empty.class);
    } else {
      log.warn("a message of topic " + message.topic() + " cannot be handled");
      String why = topic == null ? "NoHandlerExists" : "InternalHandlerException";
      server.call(
          Call.of(Target.MESSAGES, "FailMessage"),
          new FailMessageRequest(message.messageId(), why),
          Empty.class);
    }
  }
}
