package dev.fleetmend.cli.plan;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.fleetmend.cli.client.Api;
import dev.fleetmend.cli.client.Paging;
import java.util.ArrayList;
import java.util.List;

/**
 * A maintenance window as the server has it.
 *
 * @param window GetMaintenanceWindow's answer
 * @param targets MaintenanceWindowTarget of each
 * @param tasks GetMaintenanceWindowTask's answer of each
 */
record WindowState(String id, JsonNode window, List<JsonNode> targets, List<JsonNode> tasks) {
  static List<String> idsOf(Api api, String name) {
    ObjectNode request = Api.request();
    request.putArray("Filters").addObject().put("Key", "Name").putArray("Values").add(name);
    return Paging.list(api, "DescribeMaintenanceWindows", request, "WindowIdentities").stream()
        .filter(one -> one.path("Name").asText().equals(name))
        .map(one -> one.path("WindowId").asText())
        .toList();
  }

  static WindowState of(Api api, String id) {
    ObjectNode request = Api.request().put("WindowId", id);
    List<JsonNode> tasks = new ArrayList<>();
    for (JsonNode task :
        Paging.list(api, "DescribeMaintenanceWindowTasks", request.deepCopy(), "Tasks")) {
      tasks.add(
          api.ssm(
              "GetMaintenanceWindowTask",
              request.deepCopy().put("WindowTaskId", task.path("WindowTaskId").asText())));
    }
    return new WindowState(
        id,
        api.ssm("GetMaintenanceWindow", request.deepCopy()),
        Paging.list(api, "DescribeMaintenanceWindowTargets", request.deepCopy(), "Targets"),
        tasks);
  }
}
