package dev.fleetmend.cli.up;

import dev.fleetmend.cli.DataOption;
import dev.fleetmend.cli.ExitCode;
import dev.fleetmend.cli.Problem;
import dev.fleetmend.cli.client.DataFolder;
import java.io.IOException;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** {@code fleetmend down}. */
@Command(
    name = "down",
    description = "Stops the server of a data folder.",
    mixinStandardHelpOptions = true)
public final class DownCommand implements Callable<Integer> {
  private static final long SECONDS = 30;

  @Spec private CommandSpec spec = CommandSpec.create();
  @Mixin private DataOption data = new DataOption();

  @Override
  public Integer call() throws IOException, InterruptedException {
    DataFolder folder = data.folder();
    ServerLock.Holder holder = ServerLock.holder(folder).orElse(null);
    if (holder == null) {
      spec.commandLine().getOut().println("No server runs on " + folder.path() + ".");
      return ExitCode.OK;
    }
    ProcessHandle process = ProcessHandle.of(holder.pid()).orElse(null);
    if (process != null) {
      process.destroy();
      try {
        process.onExit().get(SECONDS, TimeUnit.SECONDS);
      } catch (TimeoutException e) {
        throw new Problem(
            ExitCode.FAILED,
            "the server (process "
                + holder.pid()
                + ") was asked to stop and still runs after "
                + SECONDS
                + " seconds; see "
                + folder.log());
      } catch (ExecutionException e) {
        throw new IllegalStateException(e);
      }
    }
    spec.commandLine().getOut().println("The server is stopped.");
    return ExitCode.OK;
  }
}
