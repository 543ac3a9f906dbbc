package dev.fleetmend.cli.backup;

import dev.fleetmend.cli.DataOption;
import dev.fleetmend.cli.ExitCode;
import dev.fleetmend.cli.Problem;
import dev.fleetmend.cli.client.DataFolder;
import dev.fleetmend.cli.up.ServerLock;
import dev.fleetmend.server.backup.BackupException;
import dev.fleetmend.server.backup.Restore;
import dev.fleetmend.server.store.Engine;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code fleetmend restore}. */
@Command(
    name = "restore",
    description = {
      "Makes a data folder from a backup. The folder must be new or empty; the file is checked",
      "wholly before anything is there. Nodes go on with the server that is started on it."
    },
    mixinStandardHelpOptions = true)
public final class RestoreCommand implements Callable<Integer> {
  @Spec private CommandSpec spec = CommandSpec.create();
  @Mixin private DataOption data = new DataOption();

  @Parameters(index = "0", paramLabel = "FILE", description = "What './fleetmend backup' made.")
  private Path file = Path.of("");

  @Override
  public Integer call() throws IOException {
    DataFolder folder = data.folder();
    if (ServerLock.holder(folder).isPresent()) {
      throw new Problem(
          ExitCode.FAILED,
          "a server runs on "
              + folder.path()
              + "; nothing was restored. Stop it with './fleetmend down', and name a new folder");
    }
    try {
      Restore.Restored restored = new Restore(Clock.systemUTC()).read(file, folder.path());
      spec.commandLine()
          .getOut()
          .println(
              folder.path()
                  + " is as it was at "
                  + restored.madeAt()
                  + "; start the server with './fleetmend up'.");
      if (restored.engine() == Engine.POSTGRESQL) {
        spec.commandLine()
            .getErr()
            .println(
                "fleetmend: its database is PostgreSQL; restore that too, and name it with --db;"
                    + " the audit does not name this restoration");
      }
      return ExitCode.OK;
    } catch (BackupException e) {
      throw new Problem(ExitCode.FAILED, e.getMessage() + "; nothing was restored");
    }
  }
}
