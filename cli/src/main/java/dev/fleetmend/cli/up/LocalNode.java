package dev.fleetmend.cli.up;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.fleetmend.cli.client.Api;
import dev.fleetmend.cli.client.AwsProfile;
import dev.fleetmend.cli.client.DataFolder;
import dev.fleetmend.cli.client.Nodes;
import dev.fleetmend.node.FleetmendAgent;
import dev.fleetmend.node.agent.AgentConfig;
import dev.fleetmend.server.access.PrivateFiles;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * This machine as a node: an agent in a process of its own, whose state is in the data folder. It
 * only reads the machine, unless it is allowed to patch it.
 */
final class LocalNode implements AutoCloseable {
  private static final String NAME = "this-machine";
  private static final Duration PATIENCE = Duration.ofSeconds(20);

  private final Process agent;

  private LocalNode(Process agent) {
    this.agent = agent;
  }

  /** Enrols this machine if it isn't, and starts its agent. */
  static LocalNode start(DataFolder folder, boolean mayPatch)
      throws IOException, InterruptedException {
    Path state = folder.path().resolve("local-node");
    PrivateFiles.createFolder(state);
    Path config = state.resolve("agent.json");
    boolean enrolled = Files.exists(state.resolve("identity").resolve("registration.json"));
    if (!enrolled) {
      enrol(folder, state, config, mayPatch);
    } else {
      follow(folder.profile(), config, mayPatch);
    }
    ProcessBuilder builder = agent(List.of("run", "--config", config.toString()));
    builder.redirectErrorStream(true);
    Path log = state.resolve("agent.log");
    PrivateFiles.reserve(log);
    builder.redirectOutput(ProcessBuilder.Redirect.appendTo(log.toFile()));
    return new LocalNode(builder.start());
  }

  /** InstanceInformation of this machine, once its agent has reported. */
  static List<JsonNode> known(Api api) {
    return Nodes.all(api).stream().filter(node -> node.path("Name").asText().equals(NAME)).toList();
  }

  /**
   * Waits until the agent has reported for the first time.
   *
   * @return whether it has, within the patience of somebody at a prompt
   */
  static boolean awaitKnown(Api api) throws InterruptedException {
    Instant until = Instant.now().plus(PATIENCE);
    while (known(api).isEmpty()) {
      if (Instant.now().isAfter(until)) {
        return false;
      }
      TimeUnit.MILLISECONDS.sleep(100);
    }
    return true;
  }

  private static void enrol(DataFolder folder, Path state, Path config, boolean mayPatch)
      throws IOException, InterruptedException {
    AwsProfile profile = folder.profile();
    ObjectNode request = Api.request();
    request.put("IamRole", "service-role/fleetmend-local");
    request.put("Description", "this machine");
    request.put("DefaultInstanceName", NAME);
    ObjectNode activation = folder.api().ssm("CreateActivation", request);
    List<String> arguments = new ArrayList<>();
    arguments.addAll(List.of("enroll", "--endpoint", profile.endpoint().toString()));
    arguments.addAll(List.of("--region", profile.region()));
    arguments.addAll(List.of("--activation-id", activation.path("ActivationId").asText()));
    arguments.addAll(List.of("--state", state.toString(), "--config", config.toString()));
    if (profile.authority() != null) {
      arguments.addAll(List.of("--ca", profile.authority().toString()));
    }
    if (!mayPatch) {
      arguments.add("--read-only");
    }
    Process enrolling = agent(arguments).redirectErrorStream(true).start();
    enrolling
        .getOutputStream()
        .write((activation.path("ActivationCode").asText() + "\n").getBytes(UTF_8));
    enrolling.getOutputStream().close();
    String said = new String(enrolling.getInputStream().readAllBytes(), UTF_8).strip();
    if (enrolling.waitFor() != 0) {
      throw new IOException("this machine could not be enrolled: " + said);
    }
  }

  /** An earlier enrolment goes on, at the address that the server has now. */
  private static void follow(AwsProfile profile, Path config, boolean mayPatch) throws IOException {
    AgentConfig old = AgentConfig.read(config);
    new AgentConfig(
            profile.endpoint().toString(),
            old.region(),
            old.caFile(),
            old.stateDirectory(),
            !mayPatch,
            old.commandWorkers(),
            old.heartbeatSeconds(),
            old.rebootCommand())
        .write(config);
  }

  private static ProcessBuilder agent(List<String> arguments) {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(
        List.of(
            "-XX:+UseSerialGC",
            "-Xms4m",
            "-Xmx96m",
            "-Xss256k",
            "-XX:TieredStopAtLevel=1",
            "-cp",
            System.getProperty("java.class.path"),
            FleetmendAgent.class.getName()));
    command.addAll(arguments);
    return new ProcessBuilder(command);
  }

  @Override
  public void close() {
    agent.destroy();
  }
}
