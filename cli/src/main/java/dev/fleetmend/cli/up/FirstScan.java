package dev.fleetmend.cli.up;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.fleetmend.cli.client.Api;
import dev.fleetmend.cli.client.ApiProblem;
import dev.fleetmend.cli.client.Nodes;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;

/** Scans this machine once and waits for the answer, as any other client would. */
final class FirstScan {
  private static final Duration PATIENCE = Duration.ofMinutes(3);
  private static final Set<String> ENDS = Set.of("Success", "Failed", "TimedOut", "Cancelled");

  private final Api api;
  private final Instant until = Instant.now().plus(PATIENCE);

  FirstScan(Api api) {
    this.api = api;
  }

  /** What became of the scan, in one line; empty where it went well. */
  String run() throws InterruptedException {
    List<String> nodes = List.of();
    while (nodes.isEmpty() && waits()) {
      nodes =
          Nodes.ids(
              LocalNode.known(api).stream()
                  .filter(node -> node.path("PingStatus").asText().equals("Online"))
                  .toList());
    }
    if (nodes.isEmpty()) {
      return "This machine's agent has not reported yet; see local-node/agent.log.";
    }
    String node = nodes.getFirst();
    ObjectNode request = Api.request().put("DocumentName", "AWS-RunPatchBaseline");
    request.putArray("InstanceIds").add(node);
    request.putObject("Parameters").putArray("Operation").add("Scan");
    String command = api.ssm("SendCommand", request).path("Command").path("CommandId").asText();
    return outcome(command, node);
  }

  private String outcome(String command, String node) throws InterruptedException {
    ObjectNode asked = Api.request().put("CommandId", command).put("InstanceId", node);
    while (waits()) {
      try {
        JsonNode invocation = api.ssm("GetCommandInvocation", asked);
        String status = invocation.path("Status").asText();
        if (ENDS.contains(status)) {
          return status.equals("Success")
              ? ""
              : "The scan ended as "
                  + status
                  + ": "
                  + invocation.path("StandardErrorContent").asText().strip();
        }
      } catch (ApiProblem notYet) {
        if (!notYet.code().equals("InvocationDoesNotExist")) {
          throw notYet;
        }
      }
    }
    return "The scan of this machine goes on; './fleetmend status' shows when it is done.";
  }

  private boolean waits() throws InterruptedException {
    TimeUnit.MILLISECONDS.sleep(200);
    return Instant.now().isBefore(until);
  }
}
