package dev.fleetmend.cli.backup;

import dev.fleetmend.cli.DataOption;
import dev.fleetmend.cli.ExitCode;
import dev.fleetmend.cli.Problem;
import dev.fleetmend.server.backup.Backup;
import dev.fleetmend.server.backup.BackupException;
import dev.fleetmend.server.store.Engine;
import java.nio.file.Path;
import java.time.Clock;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code fleetmend backup}. */
@Command(
    name = "backup",
    description = {
      "Saves all that a server keeps to one new file, mode 0600, while the server runs or not.",
      "It holds the server's keys: whoever has it can be the server. A PostgreSQL database is not",
      "in it; save that with pg_dump."
    },
    mixinStandardHelpOptions = true)
public final class BackupCommand implements Callable<Integer> {
  @Spec private CommandSpec spec = CommandSpec.create();
  @Mixin private DataOption data = new DataOption();

  @Parameters(index = "0", paramLabel = "FILE", description = "The file to make, a zip archive.")
  private Path file = Path.of("");

  @Override
  public Integer call() {
    try {
      Backup.Written written = new Backup(Clock.systemUTC()).write(data.folder().path(), file);
      spec.commandLine()
          .getOut()
          .println(
              file
                  + " holds "
                  + written.files()
                  + " files, "
                  + written.bytes()
                  + " bytes of data.");
      if (written.engine() == Engine.POSTGRESQL) {
        spec.commandLine()
            .getErr()
            .println(
                "fleetmend: the database is PostgreSQL: it is not in the file, save it with pg_dump;"
                    + " and the audit does not name this backup");
      }
      return ExitCode.OK;
    } catch (BackupException e) {
      throw new Problem(ExitCode.FAILED, e.getMessage() + "; nothing was saved");
    }
  }
}
