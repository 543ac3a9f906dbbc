package dev.fleetmend.server.command;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fleetmend.protocol.message.GetCommandPayloadRequest;
import dev.fleetmend.protocol.message.GetCommandPayloadResponse;
import dev.fleetmend.server.Databases;
import dev.fleetmend.server.TestServer;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CommandPayloadsTest {
  @TempDir private Path folder;

  @Test
  void aNodeLearnsWhatItsOwnCommandSaysWhileItIsUnderWay() {
    try (TestServer server = TestServer.start(Databases.SQLITE, folder)) {
      CommandFixture run = new CommandFixture(server);
      CommandNode node = CommandNode.online(server, "web01");
      CommandNode other = CommandNode.online(server, "web02");
      String id = run.send(node);
      String delivered = node.messages().getFirst().payload();

      assertThat(payload(server, node, id)).isEqualTo(delivered).contains("uptime");
      CommandFixture.assertCode("AccessDeniedException", () -> payload(server, other, id));
      CommandFixture.assertCode("InvalidCommandId", () -> payload(server, node, "unknown"));

      node.finish(id, "Success", 0);
      CommandFixture.assertCode("InvalidCommandId", () -> payload(server, node, id));
    }
  }

  private static String payload(TestServer server, CommandNode node, String id) {
    return server
        .call(
            "Fleetmend.GetCommandPayload",
            new GetCommandPayloadRequest(id),
            node.host().caller(),
            GetCommandPayloadResponse.class)
        .payload();
  }
}
