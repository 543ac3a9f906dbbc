package dev.fleetmend.node.agent;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.fleetmend.protocol.message.CommandReply;
import dev.fleetmend.protocol.message.Message;
import dev.fleetmend.protocol.message.RunStatus;
import dev.fleetmend.protocol.message.SendReplyRequest;
import dev.fleetmend.protocol.message.StepResult;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The agent as a process, against the protocol played by hand. */
class AgentProtocolTest {
  private static final Duration SOON = Duration.ofSeconds(20);
  @TempDir Path folder;
  private FakeServer server;
  private RunningNode node;

  @BeforeEach
  void enrol() throws Exception {
    server = new FakeServer();
    node = new RunningNode(server, folder);
  }

  @AfterEach
  void stop() throws Exception {
    node.close();
    server.close();
  }

  @Test
  void aCommandIsRepliedToStepByStepAndAcknowledged() throws Exception {
    node.start();
    String messageId = node.shell("echo out", "echo err >&2", "echo $AWS_SSM_INSTANCE_ID");

    awaitFinal("Success");

    assertThat(server.calls("UpdateInstanceInformation").getFirst().text())
        .contains("\"AgentName\":\"fleetmend-agent\"", "\"PlatformType\":\"Linux\"");
    assertThat(statuses()).containsExactly("InProgress", "InProgress", "Success");
    assertThat(server.replies().getFirst().runtimeStatus()).isEmpty();
    StepResult step = step(server.replies().get(1));
    assertThat(step.standardOutput()).isEqualTo("out\n" + FakeServer.ID + "\n");
    assertThat(step.standardError()).isEqualTo("err\n");
    assertThat(step.output())
        .isEqualTo("out\n" + FakeServer.ID + "\n\n----------ERROR-------\nerr\n");
    assertThat(step(server.replies().get(2))).isEqualTo(step);
    assertThat(server.sentReplies())
        .allSatisfy(reply -> assertThat(reply.messageId()).isEqualTo(messageId));
    assertThat(server.calls("AcknowledgeMessage")).hasSize(1);
  }

  @Test
  void aMessageDeliveredTwiceRunsOnceAndIsAcknowledgedTwice() throws Exception {
    node.start();
    Path marks = folder.resolve("marks");
    Message message = node.shellMessage("echo ran >> " + marks);
    server.messages.add(message);
    awaitFinal("Success");
    server.messages.add(message);
    await().atMost(SOON).until(() -> server.calls("AcknowledgeMessage").size() == 2);

    assertThat(Files.readAllLines(marks)).containsExactly("ran");
    assertThat(statuses()).containsExactly("InProgress", "InProgress", "Success");
  }

  @Test
  void repliesWaitOutAnOutageAndARestartAndKeepTheirOrderAndIds() throws Exception {
    node.start();
    server.cut.add("SendReply");
    node.shell("echo done");
    await().atMost(SOON).until(() -> server.calls("SendReply").size() >= 2);
    await().atMost(SOON).until(() -> storedReplies() == 3);
    List<String> lost = server.sentReplies().stream().map(SendReplyRequest::replyId).toList();
    node.kill();
    server.calls.clear();
    server.cut.clear();
    node.start();

    awaitFinal("Success");

    assertThat(statuses()).containsExactly("InProgress", "InProgress", "Success");
    assertThat(lost).containsOnly(server.sentReplies().getFirst().replyId());
    await().atMost(SOON).until(() -> storedReplies() == 0);
  }

  @Test
  void aServerThatGoesAwayIsFoundAgain() throws Exception {
    node.start();
    await().atMost(SOON).until(() -> !server.calls("GetMessages").isEmpty());
    int port = server.goAway();
    await().atMost(SOON).until(() -> server.polls.get() == 0);
    server.comeBack(port);
    node.shell("echo back");

    awaitFinal("Success");
  }

  @Test
  void cancellingKillsTheScriptAndAllItStartedWithinASecond() throws Exception {
    node.start();
    Path pids = folder.resolve("pids");
    String messageId = node.shell("sleep 300 &", "echo $! > " + pids, "sleep 300");
    await().atMost(SOON).until(() -> Files.exists(pids) && Files.size(pids) > 1);
    long pid = Long.parseLong(Files.readString(pids).strip());
    long asked = System.nanoTime();
    node.cancel(messageId);

    awaitFinal("Cancelled");

    assertThat(Duration.ofNanos(System.nanoTime() - asked)).isLessThan(Duration.ofSeconds(1));
    assertThat(step(server.replies().get(1)).code()).isEqualTo(137);
    await().atMost(SOON).until(() -> isGone(pid));
  }

  @Test
  void anAgentKilledInTheMiddleOfAScriptReportsItAndRunsItNotAgain() throws Exception {
    node.start();
    Path marks = folder.resolve("marks");
    node.shell("echo $$ >> " + marks, "sleep 300");
    await().atMost(SOON).until(() -> Files.exists(marks) && Files.size(marks) > 1);
    node.kill();
    node.start();

    awaitFinal("Failed");

    assertThat(Files.readAllLines(marks)).hasSize(1);
    assertThat(step(server.replies().getLast()).standardError()).contains("agent was restarted");
    long pid = Long.parseLong(Files.readString(marks).strip());
    await().atMost(SOON).until(() -> isGone(pid));
  }

  @Test
  void credentialsOutliveARestartAndAreRenewedAtHalfOfTheirLife() throws Exception {
    node.start();
    await().atMost(SOON).until(() -> server.calls("GetMessages").size() >= 2);
    node.kill();
    node.start();
    await().atMost(SOON).until(() -> server.calls("UpdateInstanceInformation").size() >= 2);
    assertThat(server.calls("RequestManagedInstanceRoleToken")).hasSize(1);
    node.kill();

    server.tokenSeconds = 4;
    Files.delete(node.state.resolve("identity/credentials.json"));
    node.start();
    await().atMost(SOON).until(() -> server.calls("RequestManagedInstanceRoleToken").size() >= 3);
  }

  @Test
  void secretsAreReadableByTheirOwnerOnly() throws Exception {
    node.start();
    await().atMost(SOON).until(() -> !server.calls("GetMessages").isEmpty());
    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(node.state)))
        .isEqualTo("rwx------");
    try (Stream<Path> files = Files.walk(node.state.resolve("identity"))) {
      assertThat(files)
          .allSatisfy(
              file ->
                  assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
                      .isIn("rw-------", "rwx------"));
    }
  }

  @Test
  void aSecondAgentOfTheSameStateFolderIsRefused() throws Exception {
    node.start();
    await().atMost(SOON).until(() -> !server.calls("GetMessages").isEmpty());

    Process second = node.another();

    String said = new String(second.getErrorStream().readAllBytes(), UTF_8);
    assertThat(second.waitFor()).isEqualTo(1);
    assertThat(said).contains("process " + node.pid() + " is the agent of");
  }

  @Test
  void theSecondCommandWaitsForNothingButPackageCommandsForEachOther() throws Exception {
    node.start();
    node.shell("sleep 300");
    node.shell("echo quick");

    awaitFinal("Success");
  }

  @Test
  void aNodeThatOnlyLooksRefusesToInstall() throws Exception {
    node.start();
    node.send(
        "AWS-RunPatchBaseline",
        Map.of(
            "schemaVersion",
            "2.2",
            "mainSteps",
            List.of(
                Map.of("action", "aws:runShellScript", "name", "PatchLinux", "inputs", Map.of()))),
        Map.of("Operation", "Install"));

    awaitFinal("Failed");

    assertThat(step(server.replies().getLast()).standardError())
        .contains("only looks")
        .contains("Nothing was changed");
  }

  private void awaitFinal(String status) {
    await()
        .atMost(SOON)
        .pollInterval(Duration.ofMillis(20))
        .until(
            () ->
                server.replies().stream()
                    .anyMatch(
                        reply ->
                            reply.documentStatus().equals(status)
                                && terminal(reply.documentStatus())));
  }

  private static boolean terminal(String status) {
    RunStatus known = RunStatus.of(status);
    return known != null && known.terminal();
  }

  private List<String> statuses() {
    return server.replies().stream().map(CommandReply::documentStatus).toList();
  }

  private static StepResult step(CommandReply reply) {
    return reply.runtimeStatus().values().iterator().next();
  }

  private long storedReplies() throws IOException {
    try (Stream<Path> files = Files.list(node.state.resolve("replies"))) {
      return files.filter(file -> file.toString().endsWith(".json")).count();
    }
  }

  /** Also where whoever inherits orphans has not asked after it yet. */
  private static boolean isGone(long pid) throws IOException {
    Path stat = Path.of("/proc/" + pid + "/stat");
    return !Files.exists(stat) || Files.readString(stat).contains(") Z ");
  }
}
