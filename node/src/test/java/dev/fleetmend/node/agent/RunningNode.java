package dev.fleetmend.node.agent;

import dev.fleetmend.node.AgentLog;
import dev.fleetmend.node.FleetmendAgent;
import dev.fleetmend.node.identity.Enrolment;
import dev.fleetmend.node.identity.IdentityFolder;
import dev.fleetmend.node.patch.RefusedException;
import dev.fleetmend.node.state.DurableFile;
import dev.fleetmend.protocol.json.Naming;
import dev.fleetmend.protocol.json.RecordJson;
import dev.fleetmend.protocol.message.CancelCommandPayload;
import dev.fleetmend.protocol.message.Message;
import dev.fleetmend.protocol.message.MessageId;
import dev.fleetmend.protocol.message.SendCommandPayload;
import dev.fleetmend.protocol.message.Topic;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A node enrolled with a {@link FakeServer}; its agent is a process that a test starts and kills.
 */
final class RunningNode implements AutoCloseable {
  private final RecordJson pascal = new RecordJson(Naming.PASCAL);
  private final FakeServer server;
  private final Path configFile;
  final Path state;
  private @Nullable Process agent;

  RunningNode(FakeServer server, Path folder) throws IOException, RefusedException {
    this.server = server;
    this.state = folder.resolve("state");
    this.configFile = folder.resolve("agent.json");
    AgentConfig config =
        new AgentConfig(
            server.address().toString(),
            FakeServer.REGION,
            null,
            state.toString(),
            true,
            2,
            300,
            List.of("false"));
    config.write(configFile);
    DurableFile.makeFolder(state);
    PreparedKey.putInto(state);
    AgentLog log = new AgentLog(System.out, Clock.systemUTC());
    new Enrolment(new IdentityFolder(state), NodeSession.unsigned(config, Clock.systemUTC(), log))
        .enrol("an-activation", "a-code", FakeServer.REGION);
  }

  void start() throws IOException {
    agent = program().inheritIO().start();
  }

  long pid() {
    return Objects.requireNonNull(agent).pid();
  }

  /** One more agent of the same node. */
  Process another() throws IOException {
    return program().start();
  }

  private ProcessBuilder program() {
    return new ProcessBuilder(
        ProcessHandle.current().info().command().orElseThrow(),
        "-XX:TieredStopAtLevel=1",
        "-cp",
        System.getProperty("java.class.path"),
        FleetmendAgent.class.getName(),
        "run",
        "--config",
        configFile.toString());
  }

  /** As kill -9 does. */
  void kill() {
    if (agent != null) {
      agent.destroyForcibly().onExit().join();
    }
  }

  /** Sends a script as AWS-RunShellScript does, and says under which message id. */
  String shell(String... commands) {
    Message message = shellMessage(commands);
    server.messages.add(message);
    return message.messageId();
  }

  Message shellMessage(String... commands) {
    return command("AWS-RunShellScript", scriptDocument(), Map.of("commands", List.of(commands)));
  }

  void send(String name, Map<String, Object> document, Map<String, Object> parameters) {
    server.messages.add(command(name, document, parameters));
  }

  private Message command(
      String name, Map<String, Object> document, Map<String, Object> parameters) {
    String commandId = UUID.randomUUID().toString();
    return message(
        Topic.SEND_COMMAND,
        commandId,
        SendCommandPayload.of(commandId, name, document, parameters));
  }

  void cancel(String messageId) {
    server.messages.add(
        message(
            Topic.CANCEL_COMMAND,
            UUID.randomUUID().toString(),
            new CancelCommandPayload(messageId)));
  }

  private Message message(Topic topic, String commandId, Record payload) {
    String text = new String(pascal.write(payload), StandardCharsets.UTF_8);
    return new Message(
        new MessageId(commandId, FakeServer.ID).text(),
        topic.text(FakeServer.REGION, FakeServer.ID),
        FakeServer.ID,
        "2027-01-02T03:04:05.000Z",
        text,
        "");
  }

  private static Map<String, Object> scriptDocument() {
    return Map.of(
        "schemaVersion",
        "1.2",
        "parameters",
        Map.of("commands", Map.of("type", "StringList")),
        "runtimeConfig",
        Map.of(
            "aws:runShellScript",
            Map.of(
                "properties",
                List.of(Map.of("id", "0.aws:runShellScript", "runCommand", "{{ commands }}")))));
  }

  @Override
  public void close() {
    kill();
  }
}
