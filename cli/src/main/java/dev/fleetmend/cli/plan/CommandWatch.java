package dev.fleetmend.cli.plan;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.fleetmend.cli.ExitCode;
import dev.fleetmend.cli.Problem;
import dev.fleetmend.cli.client.Api;
import dev.fleetmend.cli.client.Paging;
import dev.fleetmend.cli.print.Table;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Follows a command until every node has ended it. */
final class CommandWatch {
  private static final Set<String> RUNNING = Set.of("Pending", "InProgress", "Cancelling");
  private static final long PAUSE_MILLIS = 500;
  private static final String CUT_SHORT = "--output truncated--";

  private final Api api;
  private final String id;
  private final String what;

  CommandWatch(Api api, String id, String what) {
    this.api = api;
    this.id = id;
    this.what = what;
  }

  /**
   * What became of it, a row a node.
   *
   * @throws Problem where it failed on a node
   */
  String untilDone(Progress progress) {
    progress.show(what + ": sent");
    JsonNode command = command();
    while (RUNNING.contains(command.path("Status").asText())) {
      pause();
      command = command();
      progress.show(
          "%s: %d of %d nodes done"
              .formatted(
                  what,
                  command.path("CompletedCount").asInt(),
                  command.path("TargetCount").asInt()));
    }
    progress.clear();
    String table = what + ", command " + id + ":\n" + rows();
    if (!command.path("Status").asText().equals("Success")) {
      throw new Problem(
          ExitCode.FAILED,
          table
              + "the command ended as "
              + command.path("StatusDetails").asText(command.path("Status").asText())
              + "; './fleetmend output "
              + id
              + "' shows all that the nodes said");
    }
    return table;
  }

  private JsonNode command() {
    return api.ssm("ListCommands", Api.request().put("CommandId", id)).at("/Commands/0");
  }

  private Table rows() {
    Table table = new Table("NODE", "NAME", "STATUS", "SAYS");
    List<JsonNode> invocations =
        Paging.list(
            api,
            "ListCommandInvocations",
            Api.request().put("CommandId", id).put("Details", true),
            "CommandInvocations");
    for (JsonNode one : invocations) {
      table.row(
          one.path("InstanceId").asText(),
          one.path("InstanceName").asText(),
          one.path("StatusDetails").asText(),
          gist(one.path("InstanceId").asText(), one.path("CommandPlugins")));
    }
    return table;
  }

  /** The last line says how it ended; of several steps, of the last that said anything. */
  private String gist(String node, JsonNode steps) {
    String gist = "";
    for (JsonNode step : steps) {
      String output = step.path("Output").asText();
      boolean cut = output.endsWith(CUT_SHORT);
      gist = lastLine(cut ? whole(node, step.path("Name").asText()) : output).orElse(gist);
    }
    return gist;
  }

  private static Optional<String> lastLine(String output) {
    return output
        .lines()
        .map(String::strip)
        .filter(line -> !line.isEmpty())
        .reduce((before, line) -> line);
  }

  /** SSM's own operations answer with the beginning of an output only. */
  private String whole(String node, String step) {
    StringBuilder output = new StringBuilder();
    ObjectNode request =
        Api.request()
            .put("CommandId", id)
            .put("InstanceId", node)
            .put("PluginName", step)
            .put("Stream", "StandardOutput");
    String content;
    do {
      JsonNode answer = api.call("Fleetmend.GetCommandOutput", request);
      content = answer.path("Content").asText();
      output.append(content);
      request.put("NextToken", answer.path("NextToken").asText(null));
    } while (!content.isEmpty() && request.hasNonNull("NextToken"));
    return output.toString();
  }

  private void pause() {
    try {
      Thread.sleep(PAUSE_MILLIS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new Problem(
          ExitCode.FAILED, "stopped watching; the command " + id + " goes on without this program");
    }
  }
}
