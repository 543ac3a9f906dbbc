package dev.fleetmend.server.work;

import com.github.kagkarlsson.scheduler.Scheduler;
import com.github.kagkarlsson.scheduler.SchedulerBuilder;
import com.github.kagkarlsson.scheduler.SchedulerClient;
import com.github.kagkarlsson.scheduler.jdbc.JdbcCustomization;
import com.github.kagkarlsson.scheduler.jdbc.PostgreSqlJdbcCustomization;
import com.github.kagkarlsson.scheduler.task.FailureHandler;
import com.github.kagkarlsson.scheduler.task.Task;
import com.github.kagkarlsson.scheduler.task.TaskInstance;
import com.github.kagkarlsson.scheduler.task.helper.Tasks;
import com.github.kagkarlsson.scheduler.testhelper.ManualScheduler;
import com.github.kagkarlsson.scheduler.testhelper.SettableClock;
import com.github.kagkarlsson.scheduler.testhelper.TestHelper;
import dev.fleetmend.server.store.Engine;
import dev.fleetmend.server.store.Store;
import java.sql.Connection;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;

/**
 * Durable work: what is scheduled in a transaction is done if, and only if, that transaction
 * commits, even when the server dies right after. Any replica does it.
 *
 * <p>Offer all kinds first, then {@link #start} once.
 */
public final class Work implements AutoCloseable {
  private static final Duration POLL = Duration.ofSeconds(1);
  private static final Duration RETRY = Duration.ofSeconds(10);
  private static final int THREADS = 4;

  private static final Duration HEARTBEAT = Duration.ofSeconds(3);

  /** After this many work counts as left by a server that died: it is begun anew. */
  private static final int MISSED_HEARTBEATS = 5;

  private final Store store;
  private final Clock clock;
  private final List<Task<?>> tasks = new ArrayList<>();
  private @Nullable Scheduler scheduler;

  public Work(Store store, Clock clock) {
    this.store = store;
    this.clock = clock;
  }

  /** Names who does a kind of work. */
  public <T extends Record> void on(WorkKind<T> kind, WorkHandler<T> handler) {
    FailureHandler<T> again =
        (complete, operations) ->
            operations.reschedule(complete, complete.getTimeDone().plus(RETRY));
    tasks.add(
        Tasks.oneTime(kind.name(), kind.data())
            .onFailure(again)
            .execute((instance, context) -> handler.run(instance.getData())));
  }

  /**
   * Schedules work in the caller's transaction. Work of the same kind and id that has not begun is
   * replaced; work that is being done right now goes on, and this comes after it.
   *
   * @param id who it is for, unique within the kind
   */
  public <T extends Record> void schedule(
      Handle tx, WorkKind<T> kind, String id, T data, Instant at) {
    cancel(tx, kind, id);
    String instance = id + "/" + UUID.randomUUID();
    client(tx.getConnection())
        .scheduleIfNotExists(new TaskInstance<>(kind.name(), instance, data), at);
    if (!at.isAfter(clock.instant())) {
      tx.afterCommit(this::wake);
    }
  }

  /** Takes work of that kind and id back in the caller's transaction, unless it has begun. */
  public void cancel(Handle tx, WorkKind<?> kind, String id) {
    tx.createUpdate(
            "DELETE FROM scheduled_tasks WHERE task_name = :kind AND picked = :picked"
                + " AND substr(task_instance, 1, length(task_instance) - 37) = :id")
        .bind("kind", kind.name())
        .bind("picked", false)
        .bind("id", id)
        .execute();
  }

  /** Begins to do what is due, and what was left undone by a server that died. */
  public void start() {
    Scheduler started =
        settings(Scheduler.create(store.writerDataSource(), tasks))
            .clock(clock::instant)
            .threads(THREADS)
            .pollingInterval(POLL)
            .heartbeatInterval(HEARTBEAT)
            .missedHeartbeatsLimit(MISSED_HEARTBEATS)
            .build();
    scheduler = started;
    started.start();
  }

  /** Does all that is due by the clock, on this thread; for tests, instead of {@link #start}. */
  public void runDue() {
    SettableClock now = new SettableClock();
    now.set(clock.instant());
    TestHelper.ManualSchedulerBuilder builder =
        TestHelper.createManualScheduler(store.writerDataSource(), tasks).clock(now);
    settings(builder);
    ManualScheduler manual = builder.build();
    manual.runAnyDueExecutions();
  }

  private SchedulerBuilder settings(SchedulerBuilder builder) {
    builder.serializer(new RecordSerializer()).jdbcCustomization(customization());
    if (store.engine() == Engine.POSTGRESQL) {
      builder.pollUsingLockAndFetch(0.5, 2.0);
    }
    return builder;
  }

  private SchedulerClient client(Connection transaction) {
    return SchedulerClient.Builder.create(new BoundDataSource(transaction), tasks)
        .serializer(new RecordSerializer())
        .jdbcCustomization(customization())
        .build();
  }

  private JdbcCustomization customization() {
    return store.engine() == Engine.SQLITE
        ? new SqliteTimes()
        : new PostgreSqlJdbcCustomization(false, false);
  }

  private void wake() {
    Scheduler running = scheduler;
    if (running != null) {
      running.triggerCheckForDueExecutions();
    }
  }

  @Override
  public void close() {
    if (scheduler != null) {
      scheduler.stop();
    }
  }
}
