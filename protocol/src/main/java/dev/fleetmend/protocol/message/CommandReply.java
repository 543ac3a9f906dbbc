package dev.fleetmend.protocol.message;

import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What an agent says about a command, in camel case, as text inside a {@link SendReplyRequest}:
 * once without steps when it begins, once a finished step, and at the end with the final status.
 * Replies may arrive in any order.
 *
 * @param documentStatus a {@link RunStatus}, spelled as on the wire
 * @param documentTraceOutput why a document could not be run at all, else empty
 * @param runtimeStatus results by step name (schema 2.x) or plugin name (1.x); the final reply of a
 *     document of several steps has none
 */
public record CommandReply(
    @Nullable AdditionalInfo additionalInfo,
    String documentStatus,
    String documentTraceOutput,
    Map<String, StepResult> runtimeStatus) {

  /**
   * Who says it, and when.
   *
   * @param dateTime ISO 8601, UTC
   */
  public record AdditionalInfo(
      @Nullable Agent agent,
      String dateTime,
      String runId,
      Map<String, Integer> runtimeStatusCounts) {}

  /** The agent that ran it. */
  public record Agent(String lang, String name, String os, String osver, String ver) {}
}
