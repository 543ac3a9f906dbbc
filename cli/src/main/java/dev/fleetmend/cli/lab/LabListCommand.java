package dev.fleetmend.cli.lab;

import dev.fleetmend.lab.Lab;
import dev.fleetmend.lab.LabHost;
import dev.fleetmend.lab.ManagedHost;
import java.io.PrintWriter;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** {@code fleetmend lab list}. */
@Command(
    name = "list",
    description = "Prints a line a host: name, up, off or cut, address, node id.",
    mixinStandardHelpOptions = true)
final class LabListCommand implements Runnable {
  @Spec private CommandSpec spec = CommandSpec.create();
  @Mixin private LabOfServer lab = new LabOfServer();

  @Override
  public void run() {
    PrintWriter out = spec.commandLine().getOut();
    lab.lab().map(Lab::hosts).orElse(List.of()).forEach(host -> out.println(line(host)));
    out.flush();
  }

  static String line(LabHost host) {
    String state = host.running() ? "up" : "off";
    return String.format(
        "%-12s %-4s %-12s %s",
        host.name(),
        host.networkCut() ? "cut" : state,
        host.address(),
        new ManagedHost(host).nodeId().orElse("-"));
  }
}
