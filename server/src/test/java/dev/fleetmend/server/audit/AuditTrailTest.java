package dev.fleetmend.server.audit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.fleetmend.server.Databases;
import dev.fleetmend.server.SettableClock;
import dev.fleetmend.server.TestServer;
import dev.fleetmend.server.operation.Action;
import dev.fleetmend.server.operation.Caller;
import dev.fleetmend.server.operation.Role;
import dev.fleetmend.server.store.Store;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class AuditTrailTest {
  private static final Who SOMEBODY = Who.of(new Caller.Key("FMKEYONE", Role.ADMIN));
  private final SettableClock clock = new SettableClock(TestServer.START);
  @TempDir private Path folder;

  private Attempt change(AuditTrail trail, String requestId) {
    Attempt attempt =
        trail.attempt(SOMEBODY, Action.of("AmazonSSM.Change"), new Origin(requestId, "192.0.2.7"));
    attempt.changes();
    return attempt;
  }

  private static List<String> outcomes(Store store) {
    return store.read(
        db -> db.createQuery("SELECT outcome FROM audit ORDER BY at").mapTo(String.class).list());
  }

  @ParameterizedTest
  @EnumSource(Databases.class)
  void aChangeIsCommittedWithItsRecordOrNotAtAll(Databases engine) {
    try (Store store = Store.open(engine.fresh(folder))) {
      AuditTrail trail = new AuditTrail(store, clock);
      store.change(tx -> tx.execute("CREATE TABLE thing (id INTEGER)"));

      // The server dies after the commit: nobody says that it is done.
      change(trail, "r1")
          .during(
              () -> {
                store.change(tx -> tx.execute("INSERT INTO thing VALUES (1)"));
                return 0;
              });
      assertThat(outcomes(store)).containsExactly("Success");

      // It dies before: neither is there.
      assertThatThrownBy(
              () ->
                  change(trail, "r2")
                      .during(
                          () -> {
                            store.change(
                                tx -> {
                                  tx.execute("INSERT INTO thing VALUES (2)");
                                  throw new IllegalStateException("killed");
                                });
                            return 0;
                          }))
          .hasMessage("killed");
      assertThat(outcomes(store)).containsExactly("Success");
      assertThat(
              store.<List<Integer>, RuntimeException>read(
                  db -> db.createQuery("SELECT id FROM thing").mapTo(Integer.class).list()))
          .containsExactly(1);
    }
  }

  @ParameterizedTest
  @EnumSource(Databases.class)
  void whatIsMadeIsNamedByTheTransactionThatMakesIt(Databases engine) {
    try (Store store = Store.open(engine.fresh(folder))) {
      AuditTrail trail = new AuditTrail(store, clock);
      Attempt attempt = change(trail, "r1");
      attempt.about(() -> List.of("window/mw-1"));
      attempt.makes(answer -> List.of("task/" + answer));

      // The server dies after the second commit: nobody says that it is done.
      attempt.during(
          () -> {
            store.change(tx -> {});
            return store.write(tx -> "7");
          });

      assertThat(resources(store)).containsExactlyInAnyOrder("window/mw-1", "task/7");
    }
  }

  @Test
  void twoTransactionsOfOneChangeAreOneRecordWhichTellsHowItEnded() {
    try (Store store = Store.open(Databases.SQLITE.fresh(folder))) {
      AuditTrail trail = new AuditTrail(store, clock);
      Attempt attempt = change(trail, "r1");
      attempt.during(
          () -> {
            store.change(tx -> {});
            store.change(tx -> {});
            return 0;
          });
      attempt.failed("InternalServerError");

      assertThat(outcomes(store)).containsExactly("InternalServerError");
    }
  }

  @Test
  void whatReadsIsNotRecorded() {
    try (Store store = Store.open(Databases.SQLITE.fresh(folder))) {
      AuditTrail trail = new AuditTrail(store, clock);
      Attempt read = trail.attempt(SOMEBODY, Action.of("AmazonSSM.Read"), new Origin("r", ""));
      read.during(
          () -> {
            store.change(tx -> {});
            return 0;
          });
      read.done();
      read.failed("DoesNotExistException");

      assertThat(outcomes(store)).isEmpty();
    }
  }

  @ParameterizedTest
  @EnumSource(Databases.class)
  void oldEntriesAreForgotten(Databases engine) {
    try (TestServer server = TestServer.start(engine, folder)) {
      record("old", server);
      server.clock().advance(Duration.ofDays(399));
      record("new", server);
      server.runDue();
      assertThat(resources(server)).containsExactlyInAnyOrder("old", "new");

      server.clock().advance(Duration.ofDays(2));
      server.runDue();

      assertThat(resources(server)).containsExactly("new");
      assertThat(outcomes(server.core().store())).hasSize(1);
    }
  }

  private static void record(String resource, TestServer server) {
    server.core().audit().locally(Action.of("Fleetmend.Test"), text -> text, tx -> resource);
  }

  private static List<String> resources(TestServer server) {
    return resources(server.core().store());
  }

  private static List<String> resources(Store store) {
    return store.read(
        db -> db.createQuery("SELECT resource FROM audit_resource").mapTo(String.class).list());
  }

  @Test
  void refusalsOfWhomeverAreCountedPastANumber() {
    RefusalBound bound = new RefusalBound(2, 3);

    assertThat(bound.admit("192.0.2.1", 0)).isEqualTo(OptionalInt.of(0));
    assertThat(bound.admit("192.0.2.1", 1)).isEqualTo(OptionalInt.of(0));
    assertThat(bound.admit("192.0.2.1", 2)).isEmpty();
    assertThat(bound.admit("192.0.2.1", 59_999)).isEmpty();
    assertThat(bound.admit("192.0.2.2", 3)).isEqualTo(OptionalInt.of(0));
    assertThat(bound.admit("192.0.2.3", 4)).isEmpty();

    assertThat(bound.admit("192.0.2.1", 60_000)).isEqualTo(OptionalInt.of(2));
    assertThat(bound.admit("192.0.2.1", 60_001)).isEqualTo(OptionalInt.of(0));
    assertThat(bound.admit("192.0.2.3", 60_002)).isEqualTo(OptionalInt.of(1));
  }
}
