package dev.fleetmend.node.document;

import java.util.Map;

/**
 * One step of a document, its placeholders filled in.
 *
 * @param key what its result is filed under: the step's name (schema 2.x) or the plugin's (1.x)
 * @param action such as {@code aws:runShellScript}
 * @param applies whether its precondition holds on this node
 */
record Step(String key, String action, Map<String, Object> inputs, boolean applies) {
  private static final long DEFAULT_TIMEOUT_SECONDS = 3600;

  /** The input as text, or empty. */
  String text(String input) {
    Object value = inputs.get(input);
    return value == null ? "" : value.toString();
  }

  /** {@code inputs.timeoutSeconds}; outside of 5 to 172800 or not a number it is an hour. */
  long timeoutSeconds() {
    try {
      long seconds = Long.parseLong(text("timeoutSeconds").strip());
      return seconds < 5 || seconds > 172_800 ? DEFAULT_TIMEOUT_SECONDS : seconds;
    } catch (NumberFormatException e) {
      return DEFAULT_TIMEOUT_SECONDS;
    }
  }

  boolean isFinally() {
    return text("finallyStep").equals("true");
  }
}
