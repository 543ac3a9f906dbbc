package dev.fleetmend.server.store;

import com.zaxxer.hikari.HikariDataSource;
import java.nio.file.Path;
import java.sql.SQLException;
import java.sql.SQLRecoverableException;
import java.sql.SQLTransientException;
import javax.sql.DataSource;
import org.flywaydb.core.Flyway;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.HandleCallback;
import org.jdbi.v3.core.HandleConsumer;
import org.jdbi.v3.core.Jdbi;
import org.jspecify.annotations.Nullable;

/**
 * The database: SQLite or PostgreSQL, chosen by one JDBC URL, one portable SQL for both. Times are
 * epoch milliseconds. What has been written is on disk when {@code write} returns.
 */
public final class Store implements AutoCloseable {
  private final Engine engine;
  private final HikariDataSource writer;
  private final @Nullable HikariDataSource readers;
  private final Jdbi writing;
  private final Jdbi reading;
  private volatile Witness witness = (tx, result) -> {};

  private Store(Engine engine, HikariDataSource writer, @Nullable HikariDataSource readers) {
    this.engine = engine;
    this.writer = writer;
    this.readers = readers;
    this.writing = Jdbi.create(writer);
    this.reading = readers == null ? writing : Jdbi.create(readers);
  }

  /**
   * Opens the database and brings its tables up to date.
   *
   * @throws UnusableDatabaseException where it can't be reached, or refuses
   */
  public static Store open(String jdbcUrl) {
    Engine engine = Engine.of(jdbcUrl);
    if (engine == Engine.SQLITE) {
      SqliteLibrary.unpackBeside(Path.of(Engine.sqliteFile(jdbcUrl)));
    }
    try {
      return open(engine, jdbcUrl);
    } catch (RuntimeException e) {
      throw UnusableDatabaseException.of(jdbcUrl, e);
    }
  }

  /**
   * Opens a SQLite database whose tables stay as they are: a server of another release may use it.
   *
   * @throws UnusableDatabaseException where it can't be read
   */
  public static Store openUnchanged(Path sqlite) {
    String jdbcUrl = "jdbc:sqlite:" + sqlite;
    SqliteLibrary.unpackBeside(sqlite);
    try {
      return new Store(Engine.SQLITE, Pools.writer(jdbcUrl), Pools.sqliteReaders(jdbcUrl));
    } catch (RuntimeException e) {
      throw UnusableDatabaseException.of(jdbcUrl, e);
    }
  }

  private static Store open(Engine engine, String jdbcUrl) {
    HikariDataSource writer = Pools.writer(jdbcUrl);
    try {
      // Numbers go by capability, so that a newer migration may have the lower one.
      Flyway.configure()
          .dataSource(writer)
          .placeholders(engine.ddl())
          .outOfOrder(true)
          .load()
          .migrate();
      return new Store(
          engine, writer, engine == Engine.SQLITE ? Pools.sqliteReaders(jdbcUrl) : null);
    } catch (RuntimeException e) {
      writer.close();
      throw e;
    }
  }

  public Engine engine() {
    return engine;
  }

  /** Reads what is committed. The handle must not write; on SQLite it can't. */
  public <T extends @Nullable Object, X extends Exception> T read(HandleCallback<T, X> work)
      throws X {
    return reading.withHandle(work);
  }

  /**
   * Runs one transaction. On SQLite transactions run one after the other, so keep them short and
   * never open a second one, or talk to anything slow, inside. What is to happen only once it is
   * committed goes to {@code handle.afterCommit}.
   */
  public <T extends @Nullable Object, X extends Exception> T write(HandleCallback<T, X> work)
      throws X {
    return writing.inTransaction(
        tx -> {
          T result = work.withHandle(tx);
          witness.ending(tx, result);
          return result;
        });
  }

  /** As {@link #write}, for what has no result. */
  public <X extends Exception> void change(HandleConsumer<X> work) throws X {
    writing.useTransaction(
        tx -> {
          work.useHandle(tx);
          witness.ending(tx, null);
        });
  }

  /** Is shown every transaction that {@link #write} and {@link #change} run. */
  @FunctionalInterface
  public interface Witness {
    /**
     * Called when the work is done and nothing is committed yet; may write to the transaction.
     *
     * @param result what the transaction gives
     */
    void ending(Handle tx, @Nullable Object result);
  }

  /** Has every transaction be witnessed. */
  public void witness(Witness present) {
    witness = present;
  }

  /** For the scheduler, which brings its own statements. */
  public DataSource writerDataSource() {
    return writer;
  }

  /** Whether a failure says that the database could not be reached, not that it refused. */
  public static boolean isOutage(Throwable failure) {
    for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
      if (cause instanceof SQLTransientException || cause instanceof SQLRecoverableException) {
        return true;
      }
      if (cause instanceof SQLException sql
          && sql.getSQLState() != null
          && (sql.getSQLState().startsWith("08") || sql.getSQLState().startsWith("57P"))) {
        return true;
      }
    }
    return false;
  }

  @Override
  public void close() {
    if (readers != null) {
      readers.close();
    }
    writer.close();
  }
}
