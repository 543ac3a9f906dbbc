package dev.fleetmend.e2e;

import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.fleetmend.cli.client.Api;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Commands and how they end, asked of the server without a program in between: a process of the aws
 * CLI for each look takes longer than most commands.
 */
record Commands(Api api) {
  private static final Duration PATIENCE = Duration.ofMinutes(10);
  private static final Duration PAUSE = Duration.ofMillis(100);
  private static final Set<String> OPEN = Set.of("Pending", "InProgress", "Delayed", "Cancelling");

  /** Has a node run a document; the command's id. */
  String send(String document, String node, Map<String, String> parameters) {
    ObjectNode request = Api.request().put("DocumentName", document);
    request.putArray("InstanceIds").add(node);
    ObjectNode values = request.putObject("Parameters");
    parameters.forEach((name, value) -> values.putArray(name).add(value));
    return api.ssm("SendCommand", request).at("/Command/CommandId").asText();
  }

  /** A command's invocations with the details of their steps, once so many nodes have ended it. */
  List<JsonNode> end(String command, int nodes) {
    List<JsonNode> invocations = new ArrayList<>();
    await("the end of " + command)
        .atMost(PATIENCE)
        .pollInterval(PAUSE)
        .until(
            () -> {
              invocations.clear();
              api.ssm(
                      "ListCommandInvocations",
                      Api.request().put("CommandId", command).put("Details", true))
                  .path("CommandInvocations")
                  .forEach(invocations::add);
              return invocations.size() == nodes
                  && invocations.stream().noneMatch(one -> OPEN.contains(status(one)));
            });
    return List.copyOf(invocations);
  }

  /** As {@link #end(String, int)}, of one node. */
  JsonNode end(String command) {
    return end(command, 1).getFirst();
  }

  /** An invocation's status. */
  static String status(JsonNode invocation) {
    return invocation.path("Status").asText();
  }

  /** What an invocation's steps said. */
  static String output(JsonNode invocation) {
    StringBuilder said = new StringBuilder();
    invocation.path("CommandPlugins").forEach(step -> said.append(step.path("Output").asText()));
    return said.toString();
  }
}
