package dev.fleetmend.server.message;

import dev.fleetmend.api.ApiException;
import dev.fleetmend.protocol.message.AcknowledgeMessageRequest;
import dev.fleetmend.protocol.message.DeleteMessageRequest;
import dev.fleetmend.protocol.message.Empty;
import dev.fleetmend.protocol.message.FailMessageRequest;
import dev.fleetmend.protocol.message.GetMessagesRequest;
import dev.fleetmend.protocol.message.GetMessagesResponse;
import dev.fleetmend.protocol.message.Message;
import dev.fleetmend.protocol.message.MessageId;
import dev.fleetmend.protocol.message.SendReplyRequest;
import dev.fleetmend.protocol.message.SendReplyResponse;
import dev.fleetmend.server.operation.Caller;
import dev.fleetmend.server.operation.Operations;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * The message delivery service of nodes (MDS, {@code EC2WindowsMessageDeliveryService}): the {@link
 * Handover} by long polls.
 */
public final class MessageOperations {
  private static final String MDS = "EC2WindowsMessageDeliveryService.";
  private static final Duration SHORTEST_VISIBILITY = Duration.ofSeconds(5);
  private static final Duration LONGEST_VISIBILITY = Duration.ofMinutes(5);

  private final Handover handover;
  private final ParkedPolls polls;
  private final Executor waking;

  /**
   * @param waking runs what fetches messages for a poll that was woken; must not be the thread that
   *     calls it, which may hold the database
   */
  public MessageOperations(Handover handover, Mailbox mailbox, Executor waking) {
    this.handover = handover;
    this.polls = mailbox.polls();
    this.waking = waking;
  }

  public void offer(Operations operations) {
    operations.on(MDS + "GetMessages", GetMessagesRequest.class, this::getMessages);
    operations.on(
        MDS + "AcknowledgeMessage",
        AcknowledgeMessageRequest.class,
        (request, caller) -> settle(request.messageId(), caller, handover::acknowledged));
    operations.on(
        MDS + "DeleteMessage",
        DeleteMessageRequest.class,
        (request, caller) -> settle(request.messageId(), caller, handover::acknowledged));
    operations.on(
        MDS + "FailMessage",
        FailMessageRequest.class,
        (request, caller) ->
            settle(request.messageId(), caller, id -> handover.failed(id, request.failureType())));
    operations.on(MDS + "SendReply", SendReplyRequest.class, this::sendReply);
  }

  private CompletionStage<GetMessagesResponse> getMessages(
      GetMessagesRequest request, Caller caller) {
    String node = request.destination();
    requireOwn(node, caller);
    CompletableFuture<Boolean> parked = polls.park(node);
    List<Message> messages = fetch(request);
    if (!messages.isEmpty()) {
      parked.complete(false);
      return CompletableFuture.completedFuture(answer(request, messages));
    }
    return parked.thenCompose(
        woken ->
            woken
                ? CompletableFuture.supplyAsync(() -> answer(request, fetch(request)), waking)
                : CompletableFuture.completedFuture(answer(request, List.of())));
  }

  private List<Message> fetch(GetMessagesRequest request) {
    return handover.take(request.destination(), visibility(request.visibilityTimeoutInSeconds()));
  }

  private static Duration visibility(int seconds) {
    Duration asked = Duration.ofSeconds(seconds);
    if (asked.compareTo(SHORTEST_VISIBILITY) < 0) {
      return SHORTEST_VISIBILITY;
    }
    return asked.compareTo(LONGEST_VISIBILITY) > 0 ? LONGEST_VISIBILITY : asked;
  }

  private static GetMessagesResponse answer(GetMessagesRequest request, List<Message> messages) {
    return new GetMessagesResponse(request.destination(), request.messagesRequestId(), messages);
  }

  private SendReplyResponse sendReply(SendReplyRequest request, Caller caller) {
    settle(
        request.messageId(),
        caller,
        id -> handover.replied(id, request.replyId(), request.payload()));
    return new SendReplyResponse(request.messageId(), request.replyId(), "Queued", "");
  }

  private static Empty settle(String messageId, Caller caller, Consumer<MessageId> heard) {
    @Nullable MessageId id = MessageId.parse(messageId);
    if (id != null) {
      requireOwn(id.instanceId(), caller);
      heard.accept(id);
    }
    return new Empty();
  }

  private static void requireOwn(String instanceId, Caller caller) {
    if (!(caller instanceof Caller.Node node && node.instanceId().equals(instanceId))) {
      throw new ApiException(
          "AccessDeniedException", "A node may fetch and answer only its own messages.");
    }
  }
}
