package dev.fleetmend.server.window;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Puts values for the pseudo parameters of a window's tasks, such as {@code {{WINDOW_ID}}}. Other
 * text in double braces is left as it is, for whoever it means.
 */
final class PseudoParameters {
  private static final Pattern BRACES = Pattern.compile("\\{\\{\\s*([A-Za-z_:]+)\\s*}}");
  private final Map<String, String> values;

  PseudoParameters(Map<String, String> values) {
    this.values = Map.copyOf(values);
  }

  /** Those of a Run Command task's invocation; ids of nodes are not among them. */
  static PseudoParameters of(
      Execution execution, TaskExecution task, Invocation invocation, String targetType) {
    Map<String, String> values = new TreeMap<>();
    values.put("WINDOW_ID", execution.windowId());
    values.put("WINDOW_TASK_ID", task.task().windowTaskId());
    values.put("WINDOW_EXECUTION_ID", execution.id());
    values.put("TASK_EXECUTION_ID", task.id());
    values.put("INVOCATION_ID", invocation.id());
    values.put("TARGET_TYPE", targetType);
    values.put("aws:ORCHESTRATION_ID", execution.id());
    if (invocation.windowTargetId() != null) {
      values.put("WINDOW_TARGET_ID", invocation.windowTargetId());
    }
    return new PseudoParameters(values);
  }

  String in(String text) {
    return BRACES
        .matcher(text)
        .replaceAll(
            found -> Matcher.quoteReplacement(values.getOrDefault(found.group(1), found.group())));
  }

  Map<String, List<String>> in(Map<String, List<String>> parameters) {
    Map<String, List<String>> replaced = new TreeMap<>();
    parameters.forEach((name, texts) -> replaced.put(name, texts.stream().map(this::in).toList()));
    return replaced;
  }
}
