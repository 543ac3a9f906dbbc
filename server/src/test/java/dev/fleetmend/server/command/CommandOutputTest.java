package dev.fleetmend.server.command;

import static dev.fleetmend.server.command.CommandFixture.assertCode;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.fleetmend.protocol.message.PutCommandOutputRequest;
import dev.fleetmend.protocol.message.PutCommandOutputResponse;
import dev.fleetmend.server.Databases;
import dev.fleetmend.server.TestServer;
import dev.fleetmend.server.operation.Caller;
import dev.fleetmend.server.operation.Role;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.Base64;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class CommandOutputTest {
  private static final String STEP = "aws:runShellScript";
  @TempDir Path folder;

  private static PutCommandOutputResponse put(
      CommandNode node, String command, long offset, byte[] bytes, boolean last) {
    return node.server()
        .call(
            "Fleetmend.PutCommandOutput",
            new PutCommandOutputRequest(
                command,
                STEP,
                PutCommandOutputRequest.OUT,
                offset,
                Base64.getEncoder().encodeToString(bytes),
                last),
            node.host().caller(),
            PutCommandOutputResponse.class);
  }

  private static GetCommandOutputResponse get(
      CommandNode node, String command, String token, int most) {
    return node.server()
        .call(
            "Fleetmend.GetCommandOutput",
            new GetCommandOutputRequest(command, node.id(), "", "", token, most),
            new Caller.Key("K", Role.ADMIN),
            GetCommandOutputResponse.class);
  }

  private static String next(GetCommandOutputResponse answer) {
    return answer.nextToken() == null ? "" : answer.nextToken();
  }

  @ParameterizedTest
  @EnumSource(Databases.class)
  void theWholeOutputIsReadWhileItGrowsAndAfterwards(Databases engine) {
    try (TestServer server = TestServer.start(engine, folder)) {
      CommandFixture run = new CommandFixture(server);
      CommandNode node = CommandNode.online(server, "web01");
      String id = run.send(node);
      node.acknowledge(id);
      byte[] euro = "1 €".getBytes(UTF_8);

      assertThat(put(node, id, 0, Arrays.copyOf(euro, 3), false).length()).isEqualTo(3);
      GetCommandOutputResponse first = get(node, id, "", 0);
      assertThat(first.content()).as("a character that is not whole yet waits").isEqualTo("1 ");
      assertThat(first.complete()).isFalse();

      assertThat(put(node, id, 9, euro, false).length()).as("a gap is not taken").isEqualTo(3);
      assertThat(put(node, id, 0, euro, false).length()).as("said again").isEqualTo(5);
      assertThat(put(node, id, 5, " and more".getBytes(UTF_8), true).full()).isTrue();
      node.finish(id, "Success", 0);

      GetCommandOutputResponse rest = get(node, id, next(first), 0);
      assertThat(first.content() + rest.content()).isEqualTo("1 € and more");
      assertThat(rest.complete()).isTrue();
      assertThat(rest.nextToken()).isNull();
      StringBuilder small = new StringBuilder();
      GetCommandOutputResponse page = get(node, id, "", 4);
      for (int pages = 0; pages < 10 && page.nextToken() != null; pages++) {
        small.append(page.content());
        page = get(node, id, next(page), 4);
      }
      assertThat(small.append(page.content())).hasToString("1 € and more");
    }
  }

  @Test
  void anAgentThatSendsNothingElseIsReadFromItsReplies() {
    try (TestServer server = TestServer.start(Databases.SQLITE, folder)) {
      CommandFixture run = new CommandFixture(server);
      CommandNode node = CommandNode.online(server, "web01");
      String id = run.send(node);
      assertThat(get(node, id, "", 0).complete()).isFalse();
      node.finish(id, "Success", 0);

      GetCommandOutputResponse answer = get(node, id, "", 0);

      assertThat(answer.content()).isEqualTo("out");
      assertThat(answer.complete()).isTrue();
      assertThat(answer.truncated()).isFalse();
      assertThat(answer.pluginName()).isEqualTo(STEP);
      assertThat(answer.pluginNames()).containsExactly(STEP);
    }
  }

  @Test
  void aNodeThatDiesBeforeTheEndDoesNotKeepReadersWaiting() {
    try (TestServer server = TestServer.start(Databases.SQLITE, folder)) {
      CommandFixture run = new CommandFixture(server);
      CommandNode node = CommandNode.online(server, "web01");
      String id = run.send(node);
      node.acknowledge(id);
      put(node, id, 0, new byte[] {'x'}, false);
      node.finish(id, "Success", 0);
      assertThat(get(node, id, "", 0).complete()).isFalse();

      server.clock().advance(Duration.ofMinutes(3));

      assertThat(get(node, id, "", 0).complete()).isTrue();
    }
  }

  @Test
  void oneNodeCannotFillTheDatabase() {
    try (TestServer server = TestServer.start(Databases.SQLITE, folder)) {
      CommandFixture run = new CommandFixture(server);
      CommandNode node = CommandNode.online(server, "web01");
      String id = run.send(node);
      node.acknowledge(id);
      byte[] piece = new byte[PutCommandOutputRequest.MOST_BYTES];
      PutCommandOutputResponse answer = new PutCommandOutputResponse(0, false);
      for (int i = 0; i < OutputOperations.MOST_KEPT / piece.length; i++) {
        answer = put(node, id, answer.length(), piece, false);
        assertThat(answer.full()).isFalse();
      }

      answer = put(node, id, answer.length(), new byte[] {'x'}, false);

      assertThat(answer.full()).isTrue();
      assertThat(answer.length()).isEqualTo(OutputOperations.MOST_KEPT);
      assertThat(get(node, id, "", 4).truncated()).isTrue();
      assertCode("ValidationException", () -> put(node, id, 0, new byte[piece.length + 1], false));
    }
  }

  @Test
  void aNodeSpeaksOnlyOfCommandsThatWereSentToIt() {
    try (TestServer server = TestServer.start(Databases.SQLITE, folder)) {
      CommandFixture run = new CommandFixture(server);
      CommandNode node = CommandNode.online(server, "web01");
      CommandNode other = CommandNode.online(server, "web02");
      String id = run.send(node);

      assertCode("AccessDeniedException", () -> put(other, id, 0, new byte[1], false));
      assertCode("InvalidCommandId", () -> put(node, "unknown", 0, new byte[1], false));
      assertCode("InvocationDoesNotExist", () -> get(other, id, "", 0));
      assertCode("InvalidNextToken", () -> get(node, id, "eA", 0));
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "a", "aé", "é€", "€😀", "😀"})
  void aTextIsCutBetweenCharactersOnly(String text) {
    byte[] bytes = text.getBytes(UTF_8);
    for (int length = 0; length <= bytes.length; length++) {
      byte[] cut = Arrays.copyOf(bytes, length);
      String kept = new String(cut, 0, Utf8.wholeLength(cut), UTF_8);
      assertThat(text).startsWith(kept);
      assertThat(length - kept.getBytes(UTF_8).length).isBetween(0, 3);
    }
  }
}
