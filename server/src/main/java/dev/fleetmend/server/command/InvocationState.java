package dev.fleetmend.server.command;

import software.amazon.awssdk.services.ssm.model.CommandInvocationStatus;

/** Where one target of a command stands. An invocation that has ended never changes again. */
enum InvocationState {
  PENDING(CommandInvocationStatus.PENDING, "Pending"),
  IN_PROGRESS(CommandInvocationStatus.IN_PROGRESS, "InProgress"),
  CANCELLING(CommandInvocationStatus.CANCELLING, "Cancelling"),
  SUCCESS(CommandInvocationStatus.SUCCESS, "Success"),
  FAILED(CommandInvocationStatus.FAILED, "Failed"),
  UNDELIVERABLE(CommandInvocationStatus.FAILED, "Undeliverable"),
  INVALID_PLATFORM(CommandInvocationStatus.FAILED, "InvalidPlatform"),
  DELIVERY_TIMED_OUT(CommandInvocationStatus.TIMED_OUT, "DeliveryTimedOut"),
  EXECUTION_TIMED_OUT(CommandInvocationStatus.TIMED_OUT, "ExecutionTimedOut"),
  CANCELLED(CommandInvocationStatus.CANCELLED, "Cancelled"),
  /** Never sent, because too many others had failed. */
  TERMINATED(CommandInvocationStatus.CANCELLED, "Terminated");

  private final CommandInvocationStatus status;
  private final String details;

  InvocationState(CommandInvocationStatus status, String details) {
    this.status = status;
    this.details = details;
  }

  CommandInvocationStatus status() {
    return status;
  }

  String details() {
    return details;
  }

  boolean ended() {
    return compareTo(CANCELLING) > 0;
  }

  /** The counter of the command that an invocation counts in when it ends so, or empty. */
  String counter() {
    return switch (this) {
      case SUCCESS -> "success_count";
      case FAILED -> "failed_count";
      case EXECUTION_TIMED_OUT -> "execution_timed_out_count";
      case DELIVERY_TIMED_OUT -> "delivery_timed_out_count";
      case CANCELLED, TERMINATED -> "cancelled_count";
      default -> "";
    };
  }
}
