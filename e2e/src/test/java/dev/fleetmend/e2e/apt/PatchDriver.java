package dev.fleetmend.e2e.apt;

import dev.fleetmend.node.patch.PatchCommand;
import dev.fleetmend.node.patch.PatchNode;
import dev.fleetmend.node.patch.PatchOutcome;
import dev.fleetmend.node.patch.Patching;
import dev.fleetmend.node.patch.RunWatch;
import dev.fleetmend.node.patch.TransactionWorkers;
import dev.fleetmend.node.worker.DetachedWorkers;
import dev.fleetmend.node.worker.SerialRecovery;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Stands in for the agent inside a host: runs a patch command against a server that plans what it
 * is told to, each transaction in a process of its own. Called with {@code transact ID} it is that
 * process; with {@code recover} it looks once whether something can be recovered, as an agent does
 * now and then, and says what that came to.
 */
public final class PatchDriver {
  public static final Path STATE = Path.of("/var/lib/fleetmend");

  private PatchDriver() {}

  public static void main(String[] arguments) throws Exception {
    if (arguments[0].equals("transact")) {
      System.exit(DetachedWorkers.alone(STATE, () -> Patching.transact(STATE, arguments[1])));
    }
    Files.createDirectories(STATE);
    PatchNode node = new PatchNode("mi-0123456789abcdef0", STATE, false);
    if (arguments[0].equals("recover")) {
      System.out.println(
          new SerialRecovery(Patching.recovery(node, server(List.of()), workers()), STATE).run());
      System.exit(0);
    }
    Map<String, List<String>> parameters = new LinkedHashMap<>();
    List<String> plan = new ArrayList<>();
    for (String argument : List.of(arguments).subList(1, arguments.length)) {
      int equals = argument.indexOf('=');
      String name = argument.substring(0, equals);
      List<String> values = List.of(argument.substring(equals + 1).split(",", -1));
      if (name.equals("plan")) {
        plan.addAll(values);
      } else {
        parameters.put(name, values);
      }
    }
    PatchOutcome outcome =
        Patching.on(node, server(plan), workers())
            .run(new PatchCommand(arguments[0], parameters), new DriverWatch());
    System.out.print(outcome.standardOutput());
    System.err.print(outcome.standardError());
    System.exit(outcome.exitCode());
  }

  /** Says all at once; with the file {@code stop-after-plan} the plan is the last that is done. */
  private static final class DriverWatch implements RunWatch {
    private boolean planned;

    @Override
    public void said(String text) {
      System.out.print(text);
      System.out.flush();
      planned = true;
    }

    @Override
    public boolean stopped() {
      return planned && Files.exists(STATE.resolve("stop-after-plan"));
    }

    @Override
    public void onStop(Runnable action) {
      if (stopped()) {
        action.run();
      }
    }
  }

  private static PlannedServer server(List<String> plan) {
    return new PlannedServer(plan, STATE.resolve("quarantine"));
  }

  private static TransactionWorkers workers() {
    return new DetachedWorkers(
        STATE,
        List.of(
            Path.of(System.getProperty("java.home"), "bin", "java").toString(),
            "-XX:TieredStopAtLevel=1",
            "-cp",
            System.getProperty("java.class.path"),
            PatchDriver.class.getName()));
  }
}
