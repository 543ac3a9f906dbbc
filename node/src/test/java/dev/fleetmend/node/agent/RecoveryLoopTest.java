package dev.fleetmend.node.agent;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.fleetmend.node.AgentLog;
import dev.fleetmend.node.patch.Recovery;
import dev.fleetmend.node.patch.Recovery.Outcome;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Deque;
import java.util.List;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class RecoveryLoopTest {
  private final ByteArrayOutputStream log = new ByteArrayOutputStream();
  private final List<Duration> pauses = new ArrayList<>();

  /** Runs until there are no more outcomes; null stands for an outage. */
  private void run(List<@Nullable Outcome> outcomes) {
    Deque<List<@Nullable Outcome>> left = new ArrayDeque<>();
    outcomes.forEach(one -> left.add(Collections.singletonList(one)));
    Recovery recovery =
        () -> {
          Outcome next = left.remove().getFirst();
          if (next == null) {
            throw new IOException("no way");
          }
          return next;
        };
    RecoveryLoop.Pause pause =
        time -> {
          if (left.isEmpty()) {
            throw new InterruptedException("the end");
          }
          pauses.add(time);
        };
    PrintStream out = new PrintStream(log, true, StandardCharsets.UTF_8);
    RecoveryLoop loop =
        new RecoveryLoop(
            recovery,
            pause,
            RandomGenerator.of("L64X128MixRandom"),
            new AgentLog(out, Clock.systemUTC()));
    assertThatThrownBy(loop::run).isInstanceOf(InterruptedException.class);
  }

  @Test
  void itLooksSoonAfterTheStartAndThenEveryMinute() {
    run(List.of(Outcome.NOTHING, Outcome.MENDED, Outcome.NOTHING));

    assertThat(pauses.getFirst()).isLessThan(Duration.ofMinutes(1));
    assertThat(pauses.subList(1, 3)).containsExactly(Duration.ofMinutes(1), Duration.ofMinutes(1));
    assertThat(log.toString(StandardCharsets.UTF_8)).contains("INFO  what a transaction had left");
  }

  @Test
  void triesInVainAreFurtherAndFurtherApartUntilOneSucceeds() {
    List<@Nullable Outcome> outcomes = new ArrayList<>();
    for (int i = 0; i < 12; i++) {
      outcomes.add(i % 2 == 0 ? Outcome.IN_VAIN : null);
    }
    outcomes.add(Outcome.MENDED);
    outcomes.add(Outcome.NOTHING);

    run(outcomes);

    assertThat(pauses.get(1)).isBetween(Duration.ofMinutes(1), Duration.ofMinutes(2));
    assertThat(pauses.get(4)).isGreaterThan(pauses.get(1));
    assertThat(pauses.subList(7, 13))
        .allSatisfy(
            one -> assertThat(one).isBetween(Duration.ofMinutes(30), Duration.ofMinutes(60)));
    assertThat(pauses.getLast()).isEqualTo(Duration.ofMinutes(1));
    assertThat(log.toString(StandardCharsets.UTF_8)).contains("WARN  recovery did not", "no way");
  }
}
