package dev.fleetmend.server.audit;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** Answer to {@code Fleetmend.ListAudit}. */
record ListAuditResponse(List<AuditEvent> events, @Nullable String nextToken) {
  ListAuditResponse {
    events = List.copyOf(events);
  }

  /**
   * A change or a refusal.
   *
   * @param time epoch seconds, with milliseconds
   * @param callerType {@code key}, {@code node}, {@code claimed} for an id that nothing proved, or
   *     {@code local} for the owner of the server's machine
   * @param caller the id of the access key or node; may be empty
   * @param role the key's; else empty
   * @param operation such as {@code ssm:SendCommand}
   * @param resources ARNs, and targets by tag as {@code tag:key=value}; at most 100
   * @param outcome {@code Success}, or the error's code
   * @param unrecorded refusals of the same caller before this one that have no event
   */
  record AuditEvent(
      double time,
      String requestId,
      String callerType,
      String caller,
      String role,
      String operation,
      List<String> resources,
      String outcome,
      String sourceAddress,
      int unrecorded) {
    AuditEvent {
      resources = List.copyOf(resources);
    }
  }
}
