package dev.fleetmend.cli.plan;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.fleetmend.cli.ExitCode;
import dev.fleetmend.cli.Problem;
import dev.fleetmend.cli.client.Api;
import dev.fleetmend.cli.client.Nodes;
import dev.fleetmend.cli.declare.Declaration;
import java.util.ArrayList;
import java.util.List;

/** Plans commands that are sent at once. */
final class RunPlan {
  private static final int LONGEST_COMMENT = 100;

  private final Api api;
  private final Declaration.Run wanted;

  RunPlan(Api api, Declaration.Run wanted) {
    this.api = api;
    this.wanted = wanted;
  }

  Change plan() {
    List<JsonNode> nodes = Nodes.matching(api, wanted.targets());
    List<String> details = new ArrayList<>();
    wanted.actions().forEach(action -> details.add("runs " + action.describe()));
    details.add(
        nodes.isEmpty()
            ? "no node is meant by " + wanted.targets() + " now"
            : "on " + String.join(", ", nodes.stream().map(RunPlan::name).toList()));
    return new Change(Change.Kind.RUN, wanted.name(), details, progress -> run(nodes, progress));
  }

  private String run(List<JsonNode> nodes, Progress progress) {
    if (nodes.isEmpty()) {
      throw new Problem(
          ExitCode.FAILED,
          "no node is meant by "
              + wanted.targets()
              + "; '"
              + wanted.name()
              + "' was not run. Tag nodes with 'add-tags-to-resource', or change the targets");
    }
    StringBuilder text = new StringBuilder();
    for (Declaration.Action action : wanted.actions()) {
      String id = api.ssm("SendCommand", request(action)).at("/Command/CommandId").asText();
      text.append(new CommandWatch(api, id, action.describe()).untilDone(progress));
    }
    return text.toString().stripTrailing();
  }

  private ObjectNode request(Declaration.Action action) {
    String comment = wanted.name().substring(0, Math.min(LONGEST_COMMENT, wanted.name().length()));
    ObjectNode request =
        Api.request()
            .put("DocumentName", action.document())
            .put("Comment", comment)
            .put("MaxConcurrency", wanted.limits().maxConcurrency())
            .put("MaxErrors", wanted.limits().maxErrors());
    request.set("Targets", wanted.targets());
    ObjectNode parameters = request.putObject("Parameters");
    action.parameters().forEach((key, values) -> values.forEach(parameters.putArray(key)::add));
    return request;
  }

  private static String name(JsonNode node) {
    String id = node.path("InstanceId").asText();
    String name = node.path("ComputerName").asText();
    return name.isEmpty() ? id : name + " (" + id + ")";
  }
}
