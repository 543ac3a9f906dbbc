package dev.fleetmend.protocol.message;

/**
 * How one step of a command went.
 *
 * @param status a {@link RunStatus}, spelled as on the wire
 * @param code the exit code; 137 where the step was stopped, 1 where it never began
 * @param name the action, such as {@code aws:runShellScript}
 * @param output both streams, shortened to 2,500 characters
 * @param startDateTime ISO 8601, UTC
 * @param endDateTime ISO 8601, UTC
 * @param standardOutput at most 24,000 characters
 * @param standardError at most 24,000 characters
 */
public record StepResult(
    String status,
    int code,
    String name,
    String output,
    String startDateTime,
    String endDateTime,
    String outputS3BucketName,
    String outputS3KeyPrefix,
    String stepName,
    String standardOutput,
    String standardError) {}
