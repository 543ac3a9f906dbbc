package dev.fleetmend.swarm;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.fleetmend.protocol.json.Naming;
import dev.fleetmend.protocol.json.RecordJson;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.stream.IntStream;

/**
 * Measures a running server. Arguments: the server's {@code aws-config} file, its process id, the
 * number of idle nodes, the seconds to idle. It creates baselines and nodes, so give it a server of
 * its own.
 */
public final class Swarm {
  private Swarm() {}

  /** The operations' shapes that are needed here, and no more of them. */
  record CreateActivationRequest(String iamRole, int registrationLimit) {}

  record CreateActivationResponse(String activationId, String activationCode) {}

  record CreatePatchBaselineResponse(String baselineId) {}

  record DeletePatchBaselineRequest(String baselineId) {}

  record DescribeInstancePatchStatesRequest(List<String> instanceIds) {}

  public static void main(String[] arguments) throws Exception {
    Profile profile = Profile.of(Path.of(arguments[0]));
    ServerProcess server = new ServerProcess(Long.parseLong(arguments[1]));
    int count = Integer.parseInt(arguments[2]);
    Duration time = Duration.ofSeconds(Long.parseLong(arguments[3]));
    Wire wire = new Wire(profile.endpoint(), profile.region());
    RecordJson json = new RecordJson(Naming.PASCAL);

    byte[] made =
        call(
            wire,
            profile,
            "CreateActivation",
            json.write(new CreateActivationRequest("swarm", count)));
    CreateActivationResponse activation = json.read(made, CreateActivationResponse.class);
    IdleFleet fleet =
        IdleFleet.enrol(
            wire, new Activation(activation.activationId(), activation.activationCode()), count);
    System.out.println(fleet.idle(time, server));
    System.out.println(creating(wire, profile, json));
    System.out.println(states(wire, profile, json));
  }

  private static String creating(Wire wire, Profile profile, RecordJson json) {
    byte[] create = "{\"Name\":\"swarm\",\"OperatingSystem\":\"DEBIAN\"}".getBytes(UTF_8);
    return Latency.of(
        "CreatePatchBaseline",
        () -> call(wire, profile, "CreatePatchBaseline", create),
        answer -> {
          String id = json.read(answer, CreatePatchBaselineResponse.class).baselineId();
          byte[] delete = json.write(new DeletePatchBaselineRequest(id));
          call(wire, profile, "DeletePatchBaseline", delete);
        });
  }

  private static String states(Wire wire, Profile profile, RecordJson json) {
    List<String> ids = IntStream.range(0, 50).mapToObj(i -> String.format("mi-%017x", i)).toList();
    byte[] body = json.write(new DescribeInstancePatchStatesRequest(ids));
    return Latency.of(
        "DescribeInstancePatchStates (50 ids)",
        () -> call(wire, profile, "DescribeInstancePatchStates", body),
        answer -> {});
  }

  private static byte[] call(Wire wire, Profile profile, String operation, byte[] body) {
    return wire.call("ssm", "AmazonSSM." + operation, body, profile.credentials()).join();
  }
}
