package dev.fleetmend.server.command;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.fleetmend.protocol.json.Naming;
import dev.fleetmend.protocol.json.RecordJson;
import dev.fleetmend.protocol.message.AcknowledgeMessageRequest;
import dev.fleetmend.protocol.message.CommandReply;
import dev.fleetmend.protocol.message.Empty;
import dev.fleetmend.protocol.message.GetMessagesRequest;
import dev.fleetmend.protocol.message.GetMessagesResponse;
import dev.fleetmend.protocol.message.Message;
import dev.fleetmend.protocol.message.MessageId;
import dev.fleetmend.protocol.message.SendReplyRequest;
import dev.fleetmend.protocol.message.SendReplyResponse;
import dev.fleetmend.protocol.message.StepResult;
import dev.fleetmend.server.TestServer;
import dev.fleetmend.server.node.TestHost;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;

/** An enrolled node that the test lets speak the agent's protocol, message by message. */
public record CommandNode(TestServer server, TestHost host) {
  private static final String MDS = "EC2WindowsMessageDeliveryService.";

  public static CommandNode online(TestServer server, String name) {
    return online(server, name, Map.of());
  }

  public static CommandNode online(TestServer server, String name, Map<String, String> tags) {
    return new CommandNode(server, TestHost.online(server, name, tags));
  }

  public String id() {
    return host.id();
  }

  /** What a poll hands out right now. */
  public List<Message> messages() {
    CompletableFuture<?> poll =
        server.callLater(MDS + "GetMessages", new GetMessagesRequest(id(), "r", 10), host.caller());
    return poll.isDone() ? ((GetMessagesResponse) poll.join()).messages() : List.of();
  }

  public void acknowledge(String commandId) {
    server.call(
        MDS + "AcknowledgeMessage",
        new AcknowledgeMessageRequest(messageId(commandId)),
        host.caller(),
        Empty.class);
  }

  public void reply(String commandId, String status, Map<String, StepResult> steps) {
    reply(commandId, UUID.randomUUID().toString(), status, steps);
  }

  public void reply(
      String commandId, String replyId, String status, Map<String, StepResult> steps) {
    CommandReply reply = new CommandReply(null, status, "", steps);
    replyText(commandId, replyId, new String(new RecordJson(Naming.CAMEL).write(reply), UTF_8));
  }

  public void replyText(String commandId, String replyId, String payload) {
    server.call(
        MDS + "SendReply",
        new SendReplyRequest(messageId(commandId), replyId, payload),
        host.caller(),
        SendReplyResponse.class);
  }

  /** Takes the command over and ends it as a document of one step does. */
  public void finish(String commandId, String status, int code) {
    acknowledge(commandId);
    reply(commandId, status, Map.of("aws:runShellScript", step(status, code, "out", "err")));
  }

  public static StepResult step(String status, int code, String output, String error) {
    return new StepResult(
        status,
        code,
        "aws:runShellScript",
        output + error,
        "2026-11-02T10:00:01.000Z",
        "2026-11-02T10:00:01.091Z",
        "",
        "",
        "",
        output,
        error);
  }

  private String messageId(String commandId) {
    return new MessageId(commandId, id()).text();
  }
}
