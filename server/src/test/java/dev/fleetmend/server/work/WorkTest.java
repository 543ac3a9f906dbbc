package dev.fleetmend.server.work;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.fleetmend.server.Databases;
import dev.fleetmend.server.SettableClock;
import dev.fleetmend.server.store.Store;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class WorkTest {
  private static final Instant START = Instant.parse("2026-11-02T10:00:00Z");
  private static final WorkKind<Greeting> GREET = new WorkKind<>("test.greet", Greeting.class);

  record Greeting(String text) {}

  @TempDir Path folder;
  private final SettableClock clock = new SettableClock(START);
  private final List<String> done = new CopyOnWriteArrayList<>();

  private Work work(Store store) {
    Work work = new Work(store, clock);
    work.on(GREET, greeting -> done.add(greeting.text()));
    return work;
  }

  @ParameterizedTest
  @EnumSource(Databases.class)
  void workIsDoneOnceWhenItsTimeHasCome(Databases engine) {
    try (Store store = Store.open(engine.fresh(folder))) {
      Work work = work(store);
      store.change(
          tx -> work.schedule(tx, GREET, "a", new Greeting("hello"), START.plusSeconds(60)));

      work.runDue();
      assertThat(done).isEmpty();

      clock.advance(Duration.ofSeconds(60));
      work.runDue();
      work.runDue();
      assertThat(done).containsExactly("hello");
    }
  }

  @ParameterizedTest
  @EnumSource(Databases.class)
  void workOfATransactionThatFailsIsNeverDone(Databases engine) {
    try (Store store = Store.open(engine.fresh(folder))) {
      Work work = work(store);

      assertThatThrownBy(
              () ->
                  store.change(
                      tx -> {
                        work.schedule(tx, GREET, "a", new Greeting("lost"), START);
                        throw new IllegalStateException("after scheduling");
                      }))
          .hasMessage("after scheduling");

      work.runDue();
      assertThat(done).isEmpty();
    }
  }

  @ParameterizedTest
  @EnumSource(Databases.class)
  void schedulingAgainReplacesAndCancellingRemoves(Databases engine) {
    try (Store store = Store.open(engine.fresh(folder))) {
      Work work = work(store);
      store.change(
          tx -> {
            work.schedule(tx, GREET, "a", new Greeting("first"), START);
            work.schedule(tx, GREET, "a", new Greeting("second"), START);
            work.schedule(tx, GREET, "ab", new Greeting("another"), START);
            work.schedule(tx, GREET, "b", new Greeting("cancelled"), START);
            work.cancel(tx, GREET, "b");
          });

      work.runDue();
      assertThat(done).containsExactlyInAnyOrder("second", "another");
    }
  }

  @ParameterizedTest
  @EnumSource(Databases.class)
  void workMayScheduleItselfAgain(Databases engine) {
    try (Store store = Store.open(engine.fresh(folder))) {
      Work work = new Work(store, clock);
      work.on(
          GREET,
          greeting -> {
            done.add(greeting.text());
            store.change(
                tx ->
                    work.schedule(
                        tx, GREET, "a", greeting, clock.instant().plus(Duration.ofDays(1))));
          });
      store.change(tx -> work.schedule(tx, GREET, "a", new Greeting("daily"), START));

      for (int day = 0; day < 3; day++) {
        work.runDue();
        clock.advance(Duration.ofDays(1));
      }

      assertThat(done).containsExactly("daily", "daily", "daily");
    }
  }

  @ParameterizedTest
  @EnumSource(Databases.class)
  void workThatFailsIsTriedAgain(Databases engine) {
    try (Store store = Store.open(engine.fresh(folder))) {
      AtomicInteger tries = new AtomicInteger();
      Work work = new Work(store, clock);
      work.on(
          GREET,
          greeting -> {
            if (tries.incrementAndGet() == 1) {
              throw new IllegalStateException("the first time");
            }
          });
      store.change(tx -> work.schedule(tx, GREET, "a", new Greeting("x"), START));

      work.runDue();
      clock.advance(Duration.ofMinutes(1));
      work.runDue();

      assertThat(tries).hasValue(2);
    }
  }

  @ParameterizedTest
  @EnumSource(Databases.class)
  void aStartedSchedulerDoesWorkOfACommitAtOnce(Databases engine) {
    try (Store store = Store.open(engine.fresh(folder));
        Work work = new Work(store, Clock.systemUTC())) {
      work.on(GREET, greeting -> done.add(greeting.text()));
      work.start();

      store.change(tx -> work.schedule(tx, GREET, "a", new Greeting("now"), Instant.now()));

      await().atMost(Duration.ofSeconds(20)).untilAsserted(() -> assertThat(done).contains("now"));
    }
  }

  @ParameterizedTest
  @EnumSource(Databases.class)
  void workThatAServerDiedOverIsBegunAnewSoonAfter(Databases engine) {
    try (Store store = Store.open(engine.fresh(folder));
        Work work = new Work(store, Clock.systemUTC())) {
      work.on(GREET, greeting -> done.add(greeting.text()));
      Instant died = Instant.now().minusSeconds(20);
      store.change(tx -> work.schedule(tx, GREET, "a", new Greeting("hello"), died));
      store.change(
          tx ->
              tx.createUpdate(
                      "UPDATE scheduled_tasks SET picked = :yes, picked_by = 'dead',"
                          + " last_heartbeat = execution_time")
                  .bind("yes", true)
                  .execute());

      work.start();

      await().atMost(Duration.ofSeconds(10)).untilAsserted(() -> assertThat(done).hasSize(1));
    }
  }
}
