package dev.fleetmend.server.audit;

import java.util.List;

/**
 * What is recorded of a request. It names what the request is about and never says what else was in
 * it.
 *
 * @param at epoch milliseconds
 * @param operation such as {@code ssm:SendCommand}
 * @param resources ARNs, and targets by tag as {@code tag:key=value}
 * @param outcome {@code Success}, or the error's code
 * @param unrecorded how many refusals before this one have no entry, being too many a minute
 */
record AuditEntry(
    long at,
    String requestId,
    Who who,
    String operation,
    List<String> resources,
    String outcome,
    String source,
    int unrecorded) {
  static final String SUCCESS = "Success";

  AuditEntry {
    resources = List.copyOf(resources);
  }

  AuditEntry with(String otherOutcome, int leftOut) {
    return new AuditEntry(at, requestId, who, operation, resources, otherOutcome, source, leftOut);
  }
}
