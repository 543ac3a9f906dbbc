package dev.fleetmend.server.store;

import java.io.Serial;
import java.sql.SQLException;

/**
 * The database could not be opened. The message is one line: which database, without what may be
 * secret in its URL, and what the database or the network said.
 */
public final class UnusableDatabaseException extends RuntimeException {
  @Serial private static final long serialVersionUID = 1L;

  private final boolean outage;

  private UnusableDatabaseException(String message, boolean outage, Throwable cause) {
    super(message, cause);
    this.outage = outage;
  }

  static UnusableDatabaseException of(String jdbcUrl, RuntimeException failure) {
    boolean outage = Store.isOutage(failure);
    return new UnusableDatabaseException(
        "the database "
            + withoutSecrets(jdbcUrl)
            + (outage ? " does not answer (" : " cannot be used (")
            + reason(failure)
            + ")",
        outage,
        failure);
  }

  /** Whether it did not answer, and may later; otherwise it refused, or holds something else. */
  public boolean isOutage() {
    return outage;
  }

  private static String withoutSecrets(String jdbcUrl) {
    return jdbcUrl.replaceFirst("\\?.*", "").replaceFirst("//[^/@]*@", "//");
  }

  /** What the driver said where it said anything, for it is nearest to the cause. */
  private static String reason(Throwable failure) {
    String said = String.valueOf(failure.getMessage());
    for (Throwable each = failure; each != null; each = each.getCause()) {
      // SQLite's driver has a class of its own for a native library that could not be loaded.
      boolean drivers =
          each instanceof SQLException || each.getClass().getName().startsWith("org.sqlite.");
      if (drivers && each.getMessage() != null) {
        said = each.getMessage();
      }
    }
    return said.strip().lines().findFirst().orElse("").strip();
  }
}
