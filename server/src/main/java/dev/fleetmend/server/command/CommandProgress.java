package dev.fleetmend.server.command;

import software.amazon.awssdk.services.ssm.model.CommandStatus;

/**
 * How a command stands.
 *
 * @param statusDetails such as {@code DeliveryTimedOut} or {@code Incomplete}
 * @param completedCount targets that have ended, in whatever way
 * @param errorCount targets that failed or exceeded the execution timeout
 */
public record CommandProgress(
    String commandId,
    CommandStatus status,
    String statusDetails,
    int targetCount,
    int completedCount,
    int errorCount,
    int deliveryTimedOutCount) {
  /** Whether nothing will change any more. */
  public boolean ended() {
    return switch (status) {
      case SUCCESS, FAILED, TIMED_OUT, CANCELLED -> true;
      default -> false;
    };
  }
}
