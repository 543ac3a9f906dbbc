package dev.fleetmend.cli.up;

import dev.fleetmend.cli.ExitCode;
import dev.fleetmend.cli.Problem;
import dev.fleetmend.cli.client.DataFolder;
import dev.fleetmend.server.ServerConfig;
import dev.fleetmend.server.quota.UnusableQuotasException;
import dev.fleetmend.server.store.UnusableDatabaseException;
import java.io.IOException;
import java.net.BindException;

/** Why a server did not start, in one line each. */
final class StartProblem {
  private StartProblem() {}

  static Problem dataFolder(DataFolder folder, IOException failure) {
    return new Problem(
        ExitCode.ENVIRONMENT,
        "cannot write to the data folder "
            + folder.path()
            + " ("
            + failure
            + "); nothing was started. Use another --data, or mend its permissions");
  }

  static Problem of(DataFolder folder, ServerConfig config, IOException failure) {
    for (Throwable each = failure; each != null; each = each.getCause()) {
      if (each instanceof BindException) {
        return listener(config, failure);
      }
    }
    return dataFolder(folder, failure);
  }

  static Problem database(UnusableDatabaseException failure) {
    return new Problem(
        ExitCode.ENVIRONMENT,
        failure.getMessage()
            + "; nothing was started. "
            + (failure.isOutage()
                ? "See that it runs and that --db names its host and port"
                : "Check user, password and database name of --db, or the file's state"));
  }

  static Problem quotas(UnusableQuotasException failure) {
    return new Problem(
        ExitCode.USAGE, failure.getMessage() + "; nothing was started. Correct the file");
  }

  private static Problem listener(ServerConfig config, IOException failure) {
    return new Problem(
        ExitCode.ENVIRONMENT,
        "cannot listen on "
            + config.bind()
            + " port "
            + config.port()
            + " ("
            + failure.getMessage()
            + "); nothing was started. Choose another --port, or 0 for any free one");
  }
}
