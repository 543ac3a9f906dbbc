package dev.fleetmend.server.command;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import software.amazon.awssdk.services.ssm.model.CommandStatus;

class RateControlTest {
  @ParameterizedTest
  @CsvSource({
    "50, 0, 10, 50, 0",
    "10%, 10%, 50, 5, 5",
    "10%, 0%, 3, 1, 0",
    "100%, 100%, 7, 7, 7",
    "1, 3, 4, 1, 3"
  })
  void percentagesAreOfTheTargetsRoundedDown(
      String maxConcurrency, String maxErrors, int targets, int concurrency, int errors) {
    assertThat(RateControl.of(maxConcurrency, maxErrors, targets))
        .isEqualTo(new RateControl(concurrency, errors));
  }

  @Test
  void itStartsWithOneAndWidensWithSuccesses() {
    RateControl rate = new RateControl(4, 0);

    assertThat(rate.mayStart(new Tally(10, 0, 0, 0, 0, 0, 0, 0, 0))).isEqualTo(1);
    assertThat(rate.mayStart(new Tally(10, 1, 0, 0, 0, 0, 0, 0, 0))).isZero();
    assertThat(rate.mayStart(new Tally(10, 1, 1, 1, 1, 0, 0, 0, 0))).isEqualTo(2);
    assertThat(rate.mayStart(new Tally(10, 3, 3, 3, 3, 0, 0, 0, 0))).isEqualTo(4);
    assertThat(rate.mayStart(new Tally(10, 8, 8, 8, 8, 0, 0, 0, 0))).isEqualTo(2);
    assertThat(rate.mayStart(new Tally(10, 10, 9, 9, 9, 0, 0, 0, 0))).isZero();
  }

  @Test
  void itStopsAtOneErrorMoreThanAllowedAndDeliveryFailuresAreNone() {
    RateControl rate = RateControl.of("1", "10%", 50);

    assertThat(rate.stops(new Tally(50, 6, 6, 6, 1, 5, 0, 0, 0))).isFalse();
    assertThat(rate.stops(new Tally(50, 7, 7, 7, 1, 5, 1, 0, 0))).isTrue();
    assertThat(rate.stops(new Tally(50, 40, 40, 40, 1, 0, 0, 39, 0))).isFalse();
    assertThat(rate.mayStart(new Tally(50, 7, 7, 7, 1, 5, 1, 0, 0))).isZero();
  }

  @ParameterizedTest
  @CsvSource({
    // targets, success, failed, execution timed out, delivery timed out, cancelled, limit
    "2, 2, 0, 0, 0, 0, 0, false, SUCCESS, Success",
    "2, 1, 1, 0, 0, 0, 0, false, FAILED, Failed",
    "3, 2, 1, 0, 0, 0, 1, false, FAILED, Incomplete",
    "2, 1, 0, 1, 0, 0, 0, false, TIMED_OUT, ExecutionTimedOut",
    "2, 0, 0, 0, 2, 0, 0, false, TIMED_OUT, DeliveryTimedOut",
    "2, 1, 0, 0, 1, 0, 0, false, FAILED, Incomplete",
    "3, 2, 0, 0, 0, 0, 0, false, SUCCESS, Success",
    "2, 0, 0, 0, 0, 0, 0, false, FAILED, Failed",
    "2, 0, 0, 0, 0, 2, 0, true, CANCELLED, Cancelled",
    "2, 1, 0, 0, 0, 1, 0, true, CANCELLED, Cancelled",
    "2, 2, 0, 0, 0, 0, 0, true, SUCCESS, Success",
    "0, 0, 0, 0, 0, 0, 0, false, FAILED, NoInstancesInTag"
  })
  void howItEndsFollowsFromHowItsTargetsDid(
      int targets,
      int successes,
      int failed,
      int executionTimedOut,
      int deliveryTimedOut,
      int cancelled,
      int limit,
      boolean cancelling,
      CommandStatus status,
      String details) {
    Tally tally =
        new Tally(
            targets,
            targets,
            targets,
            targets,
            successes,
            failed,
            executionTimedOut,
            deliveryTimedOut,
            cancelled);

    assertThat(Verdict.of(tally, new RateControl(1, limit), cancelling))
        .isEqualTo(new Verdict(status, details));
  }
}
