package dev.fleetmend.node.http;

import java.time.Duration;

/**
 * One operation to be called.
 *
 * @param operation such as {@code SendReply}
 * @param timeout how long its answer may take
 */
public record Call(Target target, String operation, Duration timeout) {
  private static final Duration USUAL = Duration.ofSeconds(30);

  /** With the usual time for its answer. */
  public static Call of(Target target, String operation) {
    return new Call(target, operation, USUAL);
  }
}
