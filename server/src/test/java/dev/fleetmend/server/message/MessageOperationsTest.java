package dev.fleetmend.server.message;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.fleetmend.api.ApiException;
import dev.fleetmend.protocol.message.AcknowledgeMessageRequest;
import dev.fleetmend.protocol.message.GetMessagesRequest;
import dev.fleetmend.protocol.message.GetMessagesResponse;
import dev.fleetmend.protocol.message.Message;
import dev.fleetmend.protocol.message.MessageId;
import dev.fleetmend.protocol.message.SendReplyRequest;
import dev.fleetmend.protocol.message.Topic;
import dev.fleetmend.server.Databases;
import dev.fleetmend.server.SettableClock;
import dev.fleetmend.server.TestServer;
import dev.fleetmend.server.operation.AccessTable;
import dev.fleetmend.server.operation.Caller;
import dev.fleetmend.server.operation.Operation;
import dev.fleetmend.server.operation.Operations;
import dev.fleetmend.server.store.Store;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Supplier;
import org.jdbi.v3.core.Handle;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class MessageOperationsTest {
  private static final String NODE = "mi-00000000000000001";
  private static final String OTHER = "mi-00000000000000002";
  private static final MessageId ID = new MessageId("5b6c7d8e-0000-4000-8000-00000000000a", NODE);

  @TempDir private Path folder;
  private final SettableClock clock = new SettableClock(TestServer.START);
  private final Operations operations = new Operations(AccessTable.load());
  private final Mailbox mailbox = new Mailbox(clock, "us-east-1");
  private final List<String> heard = new ArrayList<>();
  private final List<Store> opened = new ArrayList<>();

  private Store open(Databases engine) {
    Store store = Store.open(engine.fresh(folder));
    opened.add(store);
    new MessageOperations(
            new Handover(store, clock, mailbox, new Ears()), mailbox, Thread::startVirtualThread)
        .offer(operations);
    return store;
  }

  @AfterEach
  void close() {
    opened.forEach(Store::close);
  }

  @ParameterizedTest
  @EnumSource
  void aMessageIsHandedOutAgainUntilItIsAcknowledged(Databases engine) {
    post(open(engine), ID);

    Message first = poll(NODE).join().messages().getFirst();
    CompletableFuture<GetMessagesResponse> hidden = poll(NODE);
    assertThat(hidden).isNotDone();
    clock.advance(Duration.ofSeconds(11));
    assertThat(poll(NODE).join().messages()).containsExactly(first);
    assertThat(hidden.join().messages()).isEmpty();

    call("AcknowledgeMessage", new AcknowledgeMessageRequest(first.messageId()), NODE).join();
    clock.advance(Duration.ofSeconds(11));
    assertThat(poll(NODE)).isNotDone();
    assertThat(heard).containsExactly("acknowledged " + ID.text());
    assertThat(first.payload()).isEqualTo("{\"a\":1}");
    assertThat(first.createdDate()).isEqualTo("2026-11-02T10:00:00.000Z");
    assertThat(first.topic()).isEqualTo("aws.ssm.sendCommand.us-east-1." + NODE);
  }

  @ParameterizedTest
  @EnumSource
  void anyReplyEndsRedelivery(Databases engine) {
    post(open(engine), ID);
    poll(NODE).join();

    call("SendReply", new SendReplyRequest(ID.text(), "r1", "rubbish"), NODE).join();

    clock.advance(Duration.ofMinutes(1));
    assertThat(poll(NODE)).isNotDone();
    assertThat(heard).containsExactly("replied " + ID.text() + " r1 rubbish");
  }

  @ParameterizedTest
  @EnumSource
  void aParkedPollIsAnsweredOnceAMessageIsCommitted(Databases engine) {
    Store store = open(engine);
    CompletableFuture<GetMessagesResponse> parked = poll(NODE);

    store.change(
        tx -> {
          mailbox.post(tx, outgoing(ID));
          assertThat(parked).isNotDone();
        });

    await().untilAsserted(() -> assertThat(parked).isDone());
    assertThat(parked.join().messages()).hasSize(1);
  }

  @ParameterizedTest
  @EnumSource
  void whatIsRolledBackWasNeverPosted(Databases engine) {
    Store store = open(engine);
    CompletableFuture<GetMessagesResponse> parked = poll(NODE);

    assertThatThrownBy(
            () ->
                store.change(
                    tx -> {
                      mailbox.post(tx, outgoing(ID));
                      throw new IllegalStateException("the server dies");
                    }))
        .hasMessage("the server dies");

    assertThat(parked).isNotDone();
    assertThat(poll(NODE)).isNotDone();
  }

  @ParameterizedTest
  @EnumSource
  void anExpiredMessageIsNotHandedOut(Databases engine) {
    post(open(engine), ID);
    clock.advance(Duration.ofHours(2));

    assertThat(poll(NODE)).isNotDone();
  }

  @ParameterizedTest
  @EnumSource
  void aWithdrawnMessageTellsWhetherItWasSeen(Databases engine) {
    Store store = open(engine);
    MessageId seen = new MessageId("5b6c7d8e-0000-4000-8000-00000000000b", NODE);
    post(store, seen);
    poll(NODE).join();
    post(store, ID);

    assertThat(store.<Integer, RuntimeException>write(tx -> mailbox.withdraw(tx, seen)))
        .isEqualTo(1);
    assertThat(store.<Integer, RuntimeException>write(tx -> mailbox.withdraw(tx, ID))).isEqualTo(0);
    assertThat(store.<Integer, RuntimeException>write(tx -> mailbox.withdraw(tx, ID)))
        .isEqualTo(-1);
  }

  @ParameterizedTest
  @EnumSource
  void aNodeHandlesOnlyItsOwnMessages(Databases engine) {
    post(open(engine), ID);

    assertDenied(() -> call("GetMessages", new GetMessagesRequest(NODE, "r", 10), OTHER));
    assertDenied(() -> call("SendReply", new SendReplyRequest(ID.text(), "r1", "{}"), OTHER));
    assertDenied(() -> call("AcknowledgeMessage", new AcknowledgeMessageRequest(ID.text()), OTHER));
    assertThat(heard).isEmpty();
    assertThat(poll(NODE).join().messages()).hasSize(1);
  }

  @ParameterizedTest
  @EnumSource
  void unknownMessagesAreAnsweredWithoutHarm(Databases engine) {
    open(engine);

    call("AcknowledgeMessage", new AcknowledgeMessageRequest("rubbish"), NODE).join();
    call("SendReply", new SendReplyRequest("", "r1", "{}"), NODE).join();

    assertThat(heard).isEmpty();
  }

  private static void assertDenied(Supplier<CompletableFuture<Object>> call) {
    assertThatThrownBy(call::get)
        .isInstanceOfSatisfying(
            ApiException.class, e -> assertThat(e.code()).isEqualTo("AccessDeniedException"));
  }

  private void post(Store store, MessageId id) {
    store.change(tx -> mailbox.post(tx, outgoing(id)));
  }

  private Outgoing outgoing(MessageId id) {
    return new Outgoing(
        id, Topic.SEND_COMMAND, "{\"a\":1}", clock.instant().plus(Duration.ofHours(1)));
  }

  private CompletableFuture<GetMessagesResponse> poll(String node) {
    return call("GetMessages", new GetMessagesRequest(node, "request", 10), node)
        .thenApply(GetMessagesResponse.class::cast);
  }

  private CompletableFuture<Object> call(String name, Record request, String node) {
    Operation operation = operations.find("EC2WindowsMessageDeliveryService." + name);
    Object answer =
        Objects.requireNonNull(operation).handler().handle(request, new Caller.Node(node));
    return answer instanceof CompletionStage<?> later
        ? later.toCompletableFuture().thenApply(Object.class::cast)
        : CompletableFuture.completedFuture(answer);
  }

  private final class Ears implements ReplyListener {
    @Override
    public void acknowledged(Handle tx, MessageId message) {
      heard.add("acknowledged " + message.text());
    }

    @Override
    public void replied(Handle tx, MessageId message, String replyId, String payload) {
      heard.add("replied " + message.text() + " " + replyId + " " + payload);
    }

    @Override
    public void failed(Handle tx, MessageId message, String failureType) {
      heard.add("failed " + message.text() + " " + failureType);
    }
  }
}
