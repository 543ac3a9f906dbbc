package dev.fleetmend.cli.up;

import dev.fleetmend.cli.ExitCode;
import dev.fleetmend.cli.Problem;
import dev.fleetmend.cli.client.DataFolder;
import dev.fleetmend.cli.report.FleetReport;
import java.io.IOException;
import java.io.PrintWriter;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code fleetmend up}. */
@Command(
    name = "up",
    description = {
      "Starts the server, makes this machine a node that is only looked at, scans it, and shows",
      "its compliance. Runs until it is stopped, or with --detach in the background."
    },
    mixinStandardHelpOptions = true)
public final class UpCommand implements Callable<Integer> {
  @Spec private CommandSpec spec = CommandSpec.create();
  @Mixin private UpOptions options = new UpOptions();

  @Option(names = "--detach", description = "Return when the server answers; it goes on running.")
  private boolean detach;

  @Override
  public Integer call() throws IOException, InterruptedException {
    DataFolder folder = options.data().folder();
    if (detach) {
      options.config();
      new DetachedServer(folder).start(spec.commandLine().getParseResult().originalArgs());
      welcome(folder, options.localNode());
      return ExitCode.OK;
    }
    RunningServer server = RunningServer.start(folder, options.config());
    @Nullable LocalNode node = null;
    try {
      node = options.localNode() ? LocalNode.start(folder, options.patchThisMachine()) : null;
    } catch (IOException e) {
      server.close();
      throw new Problem(ExitCode.FAILED, e.getMessage() + "; the server was stopped again");
    }
    stopWith(server, node);
    if (System.getProperty(DetachedServer.QUIET) == null) {
      welcome(folder, options.localNode());
    }
    new CountDownLatch(1).await();
    return ExitCode.OK;
  }

  private static void stopWith(RunningServer server, @Nullable LocalNode node) {
    Runtime.getRuntime()
        .addShutdownHook(
            new Thread(
                () -> {
                  if (node != null) {
                    node.close();
                  }
                  try {
                    server.close();
                  } catch (IOException e) {
                    System.err.println("fleetmend: " + e.getMessage());
                  }
                },
                "stop"));
  }

  private void welcome(DataFolder folder, boolean localNode) throws InterruptedException {
    PrintWriter out = spec.commandLine().getOut();
    out.println("Fleetmend answers at " + folder.profile().endpoint());
    out.flush();
    if (localNode) {
      String trouble = new FirstScan(folder.api()).run();
      out.print(FleetReport.of(folder.api()).table());
      if (!trouble.isEmpty()) {
        out.println(trouble);
      }
    }
    out.println();
    out.println("Next:");
    out.println("  eval \"$(./fleetmend env" + data(folder) + ")\"   and use the aws CLI as ever");
    out.println("  ./fleetmend lab up --hosts 3" + data(folder) + "   for hosts to try things on");
    out.println("  ./fleetmend status" + data(folder) + "   for the fleet's compliance");
    out.flush();
  }

  private static String data(DataFolder folder) {
    boolean usual = folder.equals(DataFolder.of(null));
    return usual ? "" : " --data " + folder.path();
  }
}
