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
import dev.fleetmend.server.operation.Access;
import dev.fleetmend.server.operation.Caller;
import dev.fleetmend.server.operation.Operations;
import dev.fleetmend.server.store.Store;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;
import java.util.function.BiConsumer;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;

/**
 * The message delivery service of nodes (MDS, {@code EC2WindowsMessageDeliveryService}). A message
 * is handed out again until the node acknowledges it or says anything about it, and never after.
 */
public final class MessageOperations {
  private static final String MDS = "EC2WindowsMessageDeliveryService.";
  private static final int MOST_AT_ONCE = 5;
  private static final Duration SHORTEST_VISIBILITY = Duration.ofSeconds(5);
  private static final Duration LONGEST_VISIBILITY = Duration.ofMinutes(5);

  private final Store store;
  private final Clock clock;
  private final Mailbox mailbox;
  private final ReplyListener listener;
  private final Executor waking;

  /**
   * @param waking runs what fetches messages for a poll that was woken; must not be the thread that
   *     calls it, which may hold the database
   */
  public MessageOperations(
      Store store, Clock clock, Mailbox mailbox, ReplyListener listener, Executor waking) {
    this.store = store;
    this.clock = clock;
    this.mailbox = mailbox;
    this.listener = listener;
    this.waking = waking;
  }

  public void offer(Operations operations) {
    operations.on(MDS + "GetMessages", GetMessagesRequest.class, Access.NODE, this::getMessages);
    operations.on(
        MDS + "AcknowledgeMessage",
        AcknowledgeMessageRequest.class,
        Access.NODE,
        (request, caller) -> settle(request.messageId(), caller, listener::acknowledged));
    operations.on(
        MDS + "DeleteMessage",
        DeleteMessageRequest.class,
        Access.NODE,
        (request, caller) -> settle(request.messageId(), caller, listener::acknowledged));
    operations.on(
        MDS + "FailMessage",
        FailMessageRequest.class,
        Access.NODE,
        (request, caller) ->
            settle(
                request.messageId(),
                caller,
                (tx, id) -> listener.failed(tx, id, request.failureType())));
    operations.on(MDS + "SendReply", SendReplyRequest.class, Access.NODE, this::sendReply);
  }

  private CompletionStage<GetMessagesResponse> getMessages(
      GetMessagesRequest request, Caller caller) {
    String node = request.destination();
    requireOwn(node, caller);
    CompletableFuture<Boolean> parked = mailbox.polls().park(node);
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
    long now = clock.millis();
    String node = request.destination();
    if (!store.read(handle -> mailbox.rows().ready(handle, node, now))) {
      return List.of();
    }
    long hiddenUntil = now + visibility(request.visibilityTimeoutInSeconds()).toMillis();
    return store.write(tx -> mailbox.rows().claim(tx, node, now, hiddenUntil, MOST_AT_ONCE));
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
        (tx, id) -> listener.replied(tx, id, request.replyId(), request.payload()));
    return new SendReplyResponse(request.messageId(), request.replyId(), "Queued", "");
  }

  private Empty settle(String messageId, Caller caller, BiConsumer<Handle, MessageId> heard) {
    @Nullable MessageId id = MessageId.parse(messageId);
    if (id != null) {
      requireOwn(id.instanceId(), caller);
      store.change(
          tx -> {
            mailbox.rows().delete(tx, id.text());
            heard.accept(tx, id);
          });
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
