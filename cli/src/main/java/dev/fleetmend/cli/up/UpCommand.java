package dev.fleetmend.cli.up;

import dev.fleetmend.cli.ExitCode;
import dev.fleetmend.cli.Problem;
import dev.fleetmend.cli.client.DataFolder;
import dev.fleetmend.cli.report.FleetReport;
import dev.fleetmend.node.image.JdkModules;
import dev.fleetmend.server.ServerConfig;
import java.io.IOException;
import java.io.PrintWriter;
import java.util.List;
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

  @Option(
      names = "--detach",
      description = "Return when the server answers and knows this machine; it goes on running.")
  private boolean detach;

  @Override
  public Integer call() throws IOException, InterruptedException {
    DataFolder folder = options.data().folder();
    ServerConfig config = options.config();
    List<JdkModules> others = options.others();
    if (detach) {
      new DetachedServer(folder).start(spec.commandLine().getParseResult().originalArgs());
      greet(folder);
      if (options.localNode()) {
        out()
            .println(
                LocalNode.awaitKnown(folder.api())
                    ? "This machine is being scanned; './fleetmend status' shows the outcome."
                    : "This machine's agent has not reported yet; see local-node/agent.log.");
      }
      nextSteps(folder);
      return ExitCode.OK;
    }
    boolean watched = System.getProperty(DetachedServer.QUIET) == null;
    RunningServer server = RunningServer.start(folder, config, others);
    if (watched) {
      greet(folder);
    }
    @Nullable LocalNode node = options.localNode() ? localNode(folder) : null;
    stopWith(server, node);
    if (node != null) {
      scan(folder, watched);
    }
    if (watched) {
      nextSteps(folder);
    }
    new CountDownLatch(1).await();
    return ExitCode.OK;
  }

  /** The server is of use without this machine being a node, so it goes on. */
  private @Nullable LocalNode localNode(DataFolder folder) throws InterruptedException {
    try {
      return LocalNode.start(folder, options.patchThisMachine());
    } catch (IOException | Problem e) {
      complain(e.getMessage() + "; the server runs without it");
      return null;
    }
  }

  private void scan(DataFolder folder, boolean watched) throws InterruptedException {
    try {
      String trouble = new FirstScan(folder.api()).run();
      if (watched) {
        out().print(FleetReport.of(folder.api()).table());
      }
      if (!trouble.isEmpty()) {
        complain(trouble);
      }
    } catch (Problem e) {
      complain(e.getMessage() + "; the server runs on");
    }
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

  private void greet(DataFolder folder) {
    out().println("Fleetmend answers at " + folder.profile().endpoint());
    out().flush();
  }

  private void nextSteps(DataFolder folder) {
    out().println();
    out().println("Next:");
    out()
        .println("  eval \"$(./fleetmend env" + data(folder) + ")\"   and use the aws CLI as ever");
    out()
        .println("  ./fleetmend lab up --hosts 3" + data(folder) + "   for hosts to try things on");
    out().println("  ./fleetmend status" + data(folder) + "   for the fleet's compliance");
    out().flush();
  }

  private PrintWriter out() {
    return spec.commandLine().getOut();
  }

  private void complain(String what) {
    spec.commandLine().getErr().println("fleetmend: " + what);
  }

  private static String data(DataFolder folder) {
    boolean usual = folder.equals(DataFolder.of(null));
    return usual ? "" : " --data " + folder.path();
  }
}
