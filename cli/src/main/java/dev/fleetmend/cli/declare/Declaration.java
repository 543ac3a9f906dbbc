package dev.fleetmend.cli.declare;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** One thing that a declarative file asks for, in SSM's words. */
public sealed interface Declaration {
  /** The name it goes by in SSM. */
  String name();

  /** What was read differently from how it was written, for the plan to say. */
  List<String> notes();

  /**
   * A patch baseline.
   *
   * @param request the members of CreatePatchBaseline
   * @param patchGroups the groups that use it; null where the file says nothing of them
   * @param byDefault whether it becomes the default of its operating system
   */
  record Baseline(
      String name,
      JsonNode request,
      @Nullable List<String> patchGroups,
      boolean byDefault,
      List<String> notes)
      implements Declaration {}

  /**
   * A maintenance window with its one target and a task an action.
   *
   * @param window the members of CreateMaintenanceWindow
   * @param targets a list of Target
   */
  record Schedule(
      String name,
      JsonNode window,
      JsonNode targets,
      List<Action> actions,
      Limits limits,
      List<String> notes)
      implements Declaration {}

  /**
   * Commands that are sent at once.
   *
   * @param targets a list of Target
   */
  record Run(String name, JsonNode targets, List<Action> actions, Limits limits, List<String> notes)
      implements Declaration {}

  /** A document to run and its parameters. */
  record Action(String document, Map<String, List<String>> parameters) {
    /** As a plan shows it, such as {@code AWS-RunPatchBaseline Operation=Install}. */
    public String describe() {
      StringBuilder text = new StringBuilder(document);
      parameters.forEach(
          (name, values) ->
              text.append(' ').append(name).append('=').append(String.join(",", values)));
      return text.toString();
    }
  }

  /** How many nodes at once, and after how many errors to stop; a number or a percentage. */
  record Limits(String maxConcurrency, String maxErrors) {}
}
