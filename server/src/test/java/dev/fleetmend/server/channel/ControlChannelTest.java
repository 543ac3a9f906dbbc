package dev.fleetmend.server.channel;

import static dev.fleetmend.server.command.CommandNode.step;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.fleetmend.protocol.frame.Frame;
import dev.fleetmend.protocol.json.Naming;
import dev.fleetmend.protocol.json.RecordJson;
import dev.fleetmend.protocol.message.CommandReply;
import dev.fleetmend.protocol.message.StepResult;
import dev.fleetmend.server.Databases;
import dev.fleetmend.server.TestServer;
import dev.fleetmend.server.command.CommandFixture;
import dev.fleetmend.server.command.CommandNode;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import software.amazon.awssdk.services.ssm.model.DeregisterManagedInstanceRequest;
import software.amazon.awssdk.services.ssm.model.DeregisterManagedInstanceResponse;

/**
 * A node on the control channel, in every order, with duplicates, losses and restarts. Job after
 * job comes in the order of the commands, so that the next job shows that none came between.
 */
class ControlChannelTest {
  private static final String STEP = "aws:runShellScript";
  private static final String NOTHING = reply("InProgress", Map.of());
  private static final String STEP_DONE =
      reply("InProgress", Map.of(STEP, step("Success", 0, "hi", "")));
  private static final String DONE = reply("Success", Map.of());

  @TempDir private Path folder;

  private static String reply(String status, Map<String, StepResult> steps) {
    return new String(
        new RecordJson(Naming.CAMEL).write(new CommandReply(null, status, "", steps)), UTF_8);
  }

  @ParameterizedTest
  @EnumSource
  void aJobIsPushedAcknowledgedAndAnswered(Databases engine) {
    try (TestServer server = TestServer.start(engine, folder)) {
      CommandFixture run = new CommandFixture(server);
      CommandNode node = CommandNode.online(server, "web01");
      ChannelNode channel = ChannelNode.open(server.channels(), node.id());

      String id = run.send(node);
      ChannelNode.Job job = channel.nextJob();
      assertThat(job.body().schemaVersion()).isEqualTo(1);
      assertThat(job.body().jobId()).isEqualTo("aws.ssm." + id + "." + node.id());
      assertThat(job.body().topic()).isEqualTo("aws.ssm.sendCommand.us-east-1." + node.id());
      assertThat(job.body().content()).contains("\"CommandId\":\"" + id + "\"", "uptime");
      assertThat(run.status(id, node)).isEqualTo("Pending/Pending");

      channel.acknowledge(job, "200");
      assertThat(run.status(id, node)).isEqualTo("InProgress/InProgress");
      for (String content : new String[] {NOTHING, STEP_DONE, DONE}) {
        UUID frame = channel.reply(job.body().jobId(), content);
        assertThat(channel.nextReplyAck()).isEqualTo(frame);
      }

      assertThat(run.status(id)).isEqualTo("Success/Success");
      assertThat(run.invocation(id, node).standardOutputContent()).isEqualTo("hi");
      assertThat(channel.ended()).isNull();
    }
  }

  @Test
  void anEndMayComeBeforeItsStepsAndTheAcknowledgementAndTwice() {
    try (TestServer server = TestServer.start(Databases.SQLITE, folder)) {
      CommandFixture run = new CommandFixture(server);
      CommandNode node = CommandNode.online(server, "web01");
      ChannelNode channel = ChannelNode.open(server.channels(), node.id());
      String id = run.send(node);
      ChannelNode.Job job = channel.nextJob();

      UUID end = channel.reply(job.body().jobId(), DONE);
      UUID step = channel.reply(job.body().jobId(), STEP_DONE);
      channel.reply(end, job.body().jobId(), DONE);
      UUID late = channel.reply(job.body().jobId(), NOTHING);
      channel.acknowledge(job, "200");

      assertThat(channel.nextReplyAck()).isEqualTo(end);
      assertThat(channel.nextReplyAck()).isEqualTo(step);
      assertThat(channel.nextReplyAck()).isEqualTo(end);
      assertThat(channel.nextReplyAck()).isEqualTo(late);
      assertThat(run.status(id)).isEqualTo("Success/Success");
      assertThat(run.command(id).completedCount()).isEqualTo(1);
      assertThat(run.invocation(id, node).standardOutputContent()).isEqualTo("hi");
      assertNeverAgain(server, run, node, channel);
    }
  }

  @Test
  void anUnacknowledgedJobComesAgainUntilItIsAcknowledged() {
    try (TestServer server = TestServer.start(Databases.SQLITE, folder)) {
      CommandFixture run = new CommandFixture(server);
      CommandNode node = CommandNode.online(server, "web01");
      ChannelNode channel = ChannelNode.open(server.channels(), node.id());
      run.send(node);

      ChannelNode.Job first = channel.nextJob();
      server.clock().advance(Duration.ofSeconds(11));
      server.lookForMessages();
      ChannelNode.Job again = channel.nextJob();
      assertThat(again.body()).isEqualTo(first.body());

      channel.acknowledge(again, "200");
      assertNeverAgain(server, run, node, channel);
    }
  }

  @ParameterizedTest
  @EnumSource
  void aBusyAgentGetsTheJobLaterAndOneThatKnowsItNotAgain(Databases engine) {
    try (TestServer server = TestServer.start(engine, folder)) {
      CommandFixture run = new CommandFixture(server);
      CommandNode node = CommandNode.online(server, "web01");
      ChannelNode channel = ChannelNode.open(server.channels(), node.id());
      String id = run.send(node);

      channel.acknowledge(channel.nextJob(), "51402");
      assertThat(run.status(id, node)).isEqualTo("Pending/Pending");
      server.clock().advance(Duration.ofSeconds(11));
      server.lookForMessages();
      ChannelNode.Job again = channel.nextJob();
      assertThat(again.body().jobId()).contains(id);

      channel.acknowledge(again, "51405");
      assertThat(run.status(id, node)).isEqualTo("InProgress/InProgress");
      assertNeverAgain(server, run, node, channel);
    }
  }

  @Test
  void aJobThatTheAgentCannotReadIsUndeliverable() {
    try (TestServer server = TestServer.start(Databases.SQLITE, folder)) {
      CommandFixture run = new CommandFixture(server);
      CommandNode node = CommandNode.online(server, "web01");
      ChannelNode channel = ChannelNode.open(server.channels(), node.id());
      String id = run.send(node);

      ChannelNode.Job job = channel.nextJob();
      channel.acknowledge(job, "51408");
      UUID reply = channel.reply(job.body().jobId(), reply("Failed", Map.of()));

      assertThat(channel.nextReplyAck()).isEqualTo(reply);
      assertThat(run.status(id, node)).isEqualTo("Failed/Undeliverable");
      assertNeverAgain(server, run, node, channel);
    }
  }

  @Test
  void aCancelGoesOverTheChannelAndTheNodesWordDecides() {
    try (TestServer server = TestServer.start(Databases.SQLITE, folder)) {
      CommandFixture run = new CommandFixture(server);
      CommandNode node = CommandNode.online(server, "web01");
      ChannelNode channel = ChannelNode.open(server.channels(), node.id());
      String id = run.send(node);
      ChannelNode.Job job = channel.nextJob();
      channel.acknowledge(job, "200");

      run.cancel(id);
      ChannelNode.Job cancel = channel.nextJob();
      assertThat(cancel.body().topic()).startsWith("aws.ssm.cancelCommand.");
      assertThat(cancel.body().jobId()).isNotEqualTo(job.body().jobId()).endsWith(node.id());
      assertThat(cancel.body().content())
          .isEqualTo("{\"CancelMessageId\":\"" + job.body().jobId() + "\"}");
      channel.acknowledge(cancel, "200");
      UUID ofCancel = channel.reply(cancel.body().jobId(), NOTHING);
      assertThat(channel.nextReplyAck()).isEqualTo(ofCancel);
      assertThat(run.status(id, node)).isEqualTo("Cancelling/Cancelling");

      channel.reply(
          job.body().jobId(), reply("Cancelled", Map.of(STEP, step("Cancelled", 137, "", ""))));
      assertThat(run.status(id)).isEqualTo("Cancelled/Cancelled");
    }
  }

  @Test
  void aRebootLosesTheChannelAndTheCommandGoesOn() {
    try (TestServer server = TestServer.start(Databases.SQLITE, folder)) {
      CommandFixture run = new CommandFixture(server);
      CommandNode node = CommandNode.online(server, "web01");
      ChannelNode channel = ChannelNode.open(server.channels(), node.id());
      String id = run.send(node);
      ChannelNode.Job job = channel.nextJob();
      channel.acknowledge(job, "200");
      channel.reply(
          job.body().jobId(),
          reply("SuccessAndReboot", Map.of(STEP, step("SuccessAndReboot", 194, "one ", ""))));
      channel.drop();

      server.clock().advance(Duration.ofMinutes(5));
      ChannelNode back = ChannelNode.open(server.channels(), node.id());
      back.reply(
          job.body().jobId(), reply("Success", Map.of(STEP, step("Success", 0, "one two", ""))));

      assertThat(run.status(id)).isEqualTo("Success/Success");
      assertThat(run.invocation(id, node).standardOutputContent()).isEqualTo("one two");
    }
  }

  @Test
  void whatWasSentWhileTheNodeWasAwayWaitsForItsChannel() {
    try (TestServer server = TestServer.start(Databases.SQLITE, folder)) {
      CommandFixture run = new CommandFixture(server);
      CommandNode node = CommandNode.online(server, "web01");
      ChannelNode.open(server.channels(), node.id()).drop();
      String first = run.send(node);
      for (int i = 0; i < 6; i++) {
        server.clock().advance(Duration.ofMillis(1));
        run.send(node);
      }

      ChannelNode back = ChannelNode.open(server.channels(), node.id());

      assertThat(back.nextJob().body().jobId()).contains(first);
      for (int i = 0; i < 6; i++) {
        back.nextJob();
      }
    }
  }

  @Test
  void aLostAcknowledgementAndALostReplyAreMadeGoodOnTheNextChannel() {
    try (TestServer server = TestServer.start(Databases.SQLITE, folder)) {
      CommandFixture run = new CommandFixture(server);
      CommandNode node = CommandNode.online(server, "web01");
      ChannelNode channel = ChannelNode.open(server.channels(), node.id());
      String id = run.send(node);
      ChannelNode.Job job = channel.nextJob();
      channel.drop();

      server.clock().advance(Duration.ofSeconds(11));
      ChannelNode back = ChannelNode.open(server.channels(), node.id());
      ChannelNode.Job again = back.nextJob();
      assertThat(again.body()).isEqualTo(job.body());
      back.acknowledge(again, "51405");
      UUID reply =
          back.reply(
              job.body().jobId(), reply("Success", Map.of(STEP, step("Success", 0, "hi", ""))));

      assertThat(back.nextReplyAck()).isEqualTo(reply);
      assertThat(run.status(id)).isEqualTo("Success/Success");
    }
  }

  @Test
  void aRestartedServerTakesUpWhereItWas() {
    try (TestServer server = TestServer.start(Databases.SQLITE, folder)) {
      CommandFixture run = new CommandFixture(server);
      CommandNode node = CommandNode.online(server, "web01");
      ChannelNode channel = ChannelNode.open(server.channels(), node.id());
      String running = run.send(node);
      ChannelNode.Job job = channel.nextJob();
      channel.acknowledge(job, "200");
      String token = server.channels().createToken(node.id());
      server.clock().advance(Duration.ofMillis(1));
      String lost = run.send(node);
      channel.nextJob();

      server.restart();
      server.clock().advance(Duration.ofSeconds(11));
      ChannelNode back = ChannelNode.connected(server.channels(), node.id());
      back.show(token);
      assertThat(back.nextJob().body().jobId()).contains(lost);
      back.reply(job.body().jobId(), reply("Success", Map.of(STEP, step("Success", 0, "hi", ""))));

      assertThat(run.status(running)).isEqualTo("Success/Success");
    }
  }

  @ParameterizedTest
  @EnumSource
  void aNewerChannelReplacesTheOneBefore(Databases engine) {
    try (TestServer server = TestServer.start(engine, folder)) {
      CommandFixture run = new CommandFixture(server);
      CommandNode node = CommandNode.online(server, "web01");
      ChannelNode old = ChannelNode.open(server.channels(), node.id());
      ChannelNode newer = ChannelNode.open(server.channels(), node.id());

      assertThat(old.ended()).contains("newer");
      run.send(node);
      newer.nextJob();
      assertThat(old.heardNothingMore()).isTrue();
      old.drop();
      server.clock().advance(Duration.ofMillis(1));
      run.send(node);
      newer.nextJob();
      assertThat(newer.ended()).isNull();
    }
  }

  @Test
  void replicasHandAMessageToTheOneThatHoldsTheNewestChannel() {
    String database = Databases.POSTGRESQL.fresh(folder);
    try (TestServer one = TestServer.on(database, folder);
        TestServer two = TestServer.on(database, folder)) {
      CommandFixture run = new CommandFixture(one);
      CommandNode node = CommandNode.online(one, "web01");
      ChannelNode stale = ChannelNode.open(one.channels(), node.id());
      ChannelNode live = ChannelNode.open(two.channels(), node.id());

      String id = run.send(node);
      await().until(() -> stale.ended() != null);
      assertThat(stale.heardNothingMore()).isTrue();
      two.lookForMessages();
      ChannelNode.Job job = live.nextJob();
      live.acknowledge(job, "200");
      live.reply(job.body().jobId(), reply("Success", Map.of(STEP, step("Success", 0, "hi", ""))));

      assertThat(run.status(id)).isEqualTo("Success/Success");
      one.clock().advance(Duration.ofMinutes(1));
      assertThat(node.messages()).isEmpty();
    }
  }

  @Test
  void aCommandTakenByAPollIsNotPushedAndOnePushedIsNotPolled() {
    try (TestServer server = TestServer.start(Databases.SQLITE, folder)) {
      CommandFixture run = new CommandFixture(server);
      CommandNode node = CommandNode.online(server, "web01");
      String polled = run.send(node);
      assertThat(node.messages()).hasSize(1);
      ChannelNode channel = ChannelNode.open(server.channels(), node.id());
      node.finish(polled, "Success", 0);

      server.clock().advance(Duration.ofSeconds(1));
      String pushed = run.send(node);
      assertThat(channel.nextJob().body().jobId()).contains(pushed);
      assertThat(node.messages()).isEmpty();
      assertThat(run.status(polled)).isEqualTo("Success/Success");

      server.clock().advance(Duration.ofSeconds(11));
      assertThat(node.messages()).hasSize(1);
      node.finish(pushed, "Success", 0);
      assertThat(run.status(pushed)).isEqualTo("Success/Success");
    }
  }

  @Test
  void nothingIsHandedToWhoShowsNoGoodToken() {
    try (TestServer server = TestServer.start(Databases.SQLITE, folder)) {
      CommandFixture run = new CommandFixture(server);
      CommandNode node = CommandNode.online(server, "web01");
      CommandNode other = CommandNode.online(server, "web02");
      run.send(node);
      String expired = server.channels().createToken(node.id());
      server.clock().advance(Duration.ofMinutes(6));
      String ofOther = server.channels().createToken(other.id());

      for (String text :
          new String[] {
            "rubbish",
            "{}",
            "{\"TokenValue\":7}",
            "{\"TokenValue\":\"%%%\"}",
            "{\"TokenValue\":\"" + expired + "\"}",
            "{\"TokenValue\":\"" + ofOther + "\"}"
          }) {
        ChannelNode channel = ChannelNode.connected(server.channels(), node.id());
        channel.say(text);
        assertThat(channel.ended()).as(text).startsWith("refused");
        assertThat(channel.heardNothingMore()).isTrue();
      }
      ChannelNode hasty = ChannelNode.connected(server.channels(), node.id());
      hasty.reply("aws.ssm.c." + node.id(), DONE);
      assertThat(hasty.ended()).startsWith("refused");
      assertThat(node.messages()).hasSize(1);
    }
  }

  @Test
  void whatIsNoFrameOrOfAnotherNodeDoesNoHarm() {
    try (TestServer server = TestServer.start(Databases.SQLITE, folder)) {
      CommandFixture run = new CommandFixture(server);
      CommandNode node = CommandNode.online(server, "web01");
      CommandNode other = CommandNode.online(server, "web02");
      ChannelNode channel = ChannelNode.open(server.channels(), node.id());
      String ofOther = run.send(other);

      channel.say("text after the first");
      channel.say(ByteBuffer.allocate(500));
      for (String type : new String[] {"agent_job_ack", "agent_job_reply", "agent_telemetry"}) {
        for (String payload : new String[] {"", "[]", "{}", "{\"jobId\":7}", "{\"jobId\":\"x\"}"}) {
          channel.say(new Frame(type, Instant.EPOCH, 0, 0, UUID.randomUUID(), payload).encode());
        }
      }
      channel.reply("aws.ssm." + ofOther + "." + other.id(), reply("Failed", Map.of()));
      channel.reply("aws.ssm.unknown." + node.id(), "rubbish");

      assertThat(channel.nextReplyAck()).isNotNull();
      assertThat(run.status(ofOther, other)).isEqualTo("Pending/Pending");
      run.send(node);
      channel.nextJob();
      assertThat(channel.ended()).isNull();
    }
  }

  @Test
  void aDeregisteredNodesChannelEnds() {
    try (TestServer server = TestServer.start(Databases.SQLITE, folder)) {
      CommandNode node = CommandNode.online(server, "web01");
      ChannelNode channel = ChannelNode.open(server.channels(), node.id());

      server.call(
          DeregisterManagedInstanceRequest.builder().instanceId(node.id()).build(),
          DeregisterManagedInstanceResponse.class);

      assertThat(channel.ended()).contains("not registered");
    }
  }

  /** Even when every time-out has passed, the next job is that of a new command. */
  private static void assertNeverAgain(
      TestServer server, CommandFixture run, CommandNode node, ChannelNode channel) {
    for (int i = 0; i < 3; i++) {
      server.clock().advance(Duration.ofSeconds(20));
      server.lookForMessages();
    }
    String next = run.send(node);
    assertThat(channel.nextJob().body().jobId()).contains(next);
    assertThat(channel.heardNothingMore()).isTrue();
  }
}
