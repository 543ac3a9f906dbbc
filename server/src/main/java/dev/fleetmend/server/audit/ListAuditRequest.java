package dev.fleetmend.server.audit;

/**
 * {@code Fleetmend.ListAudit}: changes and refusals, the newest first. What is empty or 0 does not
 * narrow.
 *
 * @param since epoch seconds, inclusive
 * @param until epoch seconds, exclusive
 * @param key the id of an access key or a node
 * @param operation such as {@code SendCommand} or {@code ssm:SendCommand}
 * @param resource an ARN, or an id or name alone, such as {@code pb-0123456789abcdef0}
 * @param outcome {@value #SUCCESS}, {@value #REFUSED} for whatever was not done, or an error's code
 * @param maxResults 1 to 1000, 0 for 50
 */
record ListAuditRequest(
    double since,
    double until,
    String key,
    String operation,
    String resource,
    String outcome,
    String nextToken,
    int maxResults) {
  static final String SUCCESS = AuditEntry.SUCCESS;
  static final String REFUSED = "Refused";
}
