package dev.fleetmend.cli.plan;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.fleetmend.cli.ExitCode;
import dev.fleetmend.cli.Problem;
import dev.fleetmend.cli.client.Api;
import dev.fleetmend.cli.declare.Declaration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Plans a maintenance window, which its name tells from others, its one target and its tasks; what
 * the window has beyond the file is taken away.
 */
final class SchedulePlan {
  private static final List<String> WINDOW =
      List.of("Description", "Schedule", "ScheduleTimezone", "Duration", "Cutoff", "Enabled");
  private static final List<String> TASK =
      List.of(
          "TaskArn",
          "Priority",
          "MaxConcurrency",
          "MaxErrors",
          "Targets",
          "TaskInvocationParameters");

  private final Api api;
  private final Declaration.Schedule wanted;
  private final String what;

  SchedulePlan(Api api, Declaration.Schedule wanted) {
    this.api = api;
    this.wanted = wanted;
    this.what = "maintenance window " + wanted.name();
  }

  Change plan() {
    List<String> ids = WindowState.idsOf(api, wanted.name());
    if (ids.size() > 1) {
      throw new Problem(
          ExitCode.FAILED,
          "there are "
              + ids.size()
              + " maintenance windows "
              + wanted.name()
              + ", and a file can't say which is meant; delete all but one. Nothing was changed");
    }
    return ids.isEmpty() ? create() : update(WindowState.of(api, ids.getFirst()));
  }

  private Change create() {
    List<String> details = new ArrayList<>();
    details.add(
        wanted.window().path("Schedule").asText()
            + " in "
            + wanted.window().path("ScheduleTimezone").asText());
    wanted
        .targets()
        .forEach(
            target ->
                details.add("on " + target.path("Key").asText() + " = " + target.path("Values")));
    wanted.actions().forEach(action -> details.add("runs " + action.describe()));
    return new Change(
        Change.Kind.CREATE,
        what,
        details,
        progress -> {
          ObjectNode request = wanted.window().deepCopy();
          boolean enabled = request.remove("Enabled").asBoolean();
          String id = api.ssm("CreateMaintenanceWindow", request).path("WindowId").asText();
          if (!enabled) {
            api.ssm(
                "UpdateMaintenanceWindow", Api.request().put("WindowId", id).put("Enabled", false));
          }
          String target = registerTarget(id);
          tasks(target).values().forEach(task -> registerTask(id, task));
          return "created " + what + ": " + id + next(id);
        });
  }

  private Change update(WindowState old) {
    Optional<JsonNode> target = named(old.targets(), wanted.name());
    String targetId = target.map(one -> one.path("WindowTargetId").asText()).orElse("new");
    Map<String, ObjectNode> tasks = tasks(targetId);
    List<String> details =
        new ArrayList<>(Differences.between(old.window(), wanted.window(), WINDOW));
    List<Runnable> steps = new ArrayList<>();
    if (!details.isEmpty()) {
      steps.add(this.updateWindow(old.id()));
    }
    target.ifPresent(
        one -> {
          List<String> lines =
              Differences.between(
                  one, Api.request().set("Targets", wanted.targets()), List.of("Targets"));
          if (!lines.isEmpty()) {
            details.addAll(lines);
            steps.add(() -> updateTarget(old.id(), targetId));
          }
        });
    for (JsonNode task : old.tasks()) {
      String name = task.path("Name").asText();
      ObjectNode same = tasks.remove(name);
      List<String> lines = same == null ? List.of() : Differences.between(task, same, TASK);
      if (same == null || target.isEmpty()) {
        details.add("- task " + name);
        steps.add(() -> deregisterTask(old.id(), task));
        if (same != null) {
          tasks.put(name, same);
        }
      } else if (!lines.isEmpty()) {
        lines.forEach(line -> details.add("task " + name + ": " + line));
        steps.add(() -> updateTask(old.id(), task, same));
      }
    }
    tasks.keySet().forEach(name -> details.add("+ task " + name));
    for (JsonNode one : old.targets()) {
      if (!one.path("WindowTargetId").asText().equals(targetId)) {
        details.add("- target " + one.path("Name").asText(one.path("WindowTargetId").asText()));
        steps.add(() -> deregisterTarget(old.id(), one));
      }
    }
    if (details.isEmpty()) {
      return Change.unchanged(what);
    }
    return new Change(
        Change.Kind.UPDATE,
        what,
        details,
        progress -> {
          steps.forEach(Runnable::run);
          Map<String, ObjectNode> added =
              target.isPresent() ? tasks : tasks(registerTarget(old.id()));
          added.values().forEach(task -> registerTask(old.id(), task));
          return "changed " + what + ": " + old.id() + next(old.id());
        });
  }

  private Runnable updateWindow(String id) {
    return () ->
        api.ssm(
            "UpdateMaintenanceWindow",
            ((ObjectNode) wanted.window().deepCopy()).put("WindowId", id).put("Replace", true));
  }

  private String registerTarget(String id) {
    ObjectNode request =
        Api.request()
            .put("WindowId", id)
            .put("ResourceType", "INSTANCE")
            .put("Name", wanted.name());
    request.set("Targets", wanted.targets());
    return api.ssm("RegisterTargetWithMaintenanceWindow", request).path("WindowTargetId").asText();
  }

  private void updateTarget(String id, String targetId) {
    ObjectNode request = Api.request().put("WindowId", id).put("WindowTargetId", targetId);
    request.set("Targets", wanted.targets());
    api.ssm("UpdateMaintenanceWindowTarget", request);
  }

  private void deregisterTarget(String id, JsonNode target) {
    ObjectNode request = Api.request().put("WindowId", id);
    request.set("WindowTargetId", target.get("WindowTargetId"));
    api.ssm("DeregisterTargetFromMaintenanceWindow", request);
  }

  private void registerTask(String id, ObjectNode task) {
    api.ssm("RegisterTaskWithMaintenanceWindow", task.deepCopy().put("WindowId", id));
  }

  private void updateTask(String id, JsonNode old, ObjectNode task) {
    ObjectNode request = task.deepCopy().put("WindowId", id);
    request.remove("TaskType");
    request.set("WindowTaskId", old.get("WindowTaskId"));
    api.ssm("UpdateMaintenanceWindowTask", request);
  }

  private void deregisterTask(String id, JsonNode task) {
    ObjectNode request = Api.request().put("WindowId", id);
    request.set("WindowTaskId", task.get("WindowTaskId"));
    api.ssm("DeregisterTaskFromMaintenanceWindow", request);
  }

  /** The tasks by name: the document's, numbered where it stands more than once. */
  private Map<String, ObjectNode> tasks(String targetId) {
    Map<String, ObjectNode> tasks = new LinkedHashMap<>();
    for (Declaration.Action action : wanted.actions()) {
      String name = action.document().replaceAll("[^a-zA-Z0-9_.-]", "-");
      for (int copy = 2; tasks.containsKey(name); copy++) {
        name = action.document().replaceAll("[^a-zA-Z0-9_.-]", "-") + "-" + copy;
      }
      tasks.put(name, task(name, tasks.size() + 1, action, targetId));
    }
    return tasks;
  }

  private ObjectNode task(String name, int priority, Declaration.Action action, String targetId) {
    ObjectNode task =
        Api.request()
            .put("Name", name)
            .put("TaskType", "RUN_COMMAND")
            .put("TaskArn", action.document())
            .put("Priority", priority)
            .put("MaxConcurrency", wanted.limits().maxConcurrency())
            .put("MaxErrors", wanted.limits().maxErrors());
    task.putArray("Targets")
        .addObject()
        .put("Key", "WindowTargetIds")
        .putArray("Values")
        .add(targetId);
    ObjectNode parameters =
        task.putObject("TaskInvocationParameters").putObject("RunCommand").putObject("Parameters");
    action.parameters().forEach((key, values) -> values.forEach(parameters.putArray(key)::add));
    return task;
  }

  private String next(String id) {
    String next =
        api.ssm("GetMaintenanceWindow", Api.request().put("WindowId", id))
            .path("NextExecutionTime")
            .asText();
    return next.isEmpty() ? "" : ", next run " + next;
  }

  private static Optional<JsonNode> named(List<JsonNode> all, String name) {
    return all.stream().filter(one -> one.path("Name").asText().equals(name)).findFirst();
  }
}
