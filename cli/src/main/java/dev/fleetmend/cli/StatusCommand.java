package dev.fleetmend.cli;

import dev.fleetmend.cli.report.FleetReport;
import java.io.PrintWriter;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code fleetmend status}. */
@Command(
    name = "status",
    description = "Shows the fleet's compliance now.",
    mixinStandardHelpOptions = true)
final class StatusCommand implements Callable<Integer> {
  @Spec private CommandSpec spec = CommandSpec.create();
  @Mixin private DataOption data = new DataOption();

  @Option(names = "--check", description = "Exits with 7 unless every node is compliant.")
  private boolean check;

  @Override
  public Integer call() {
    FleetReport report = FleetReport.of(data.api());
    PrintWriter out = spec.commandLine().getOut();
    out.print(report.table());
    out.println(report.summary());
    out.flush();
    return check && !report.compliant() ? ExitCode.NOT_COMPLIANT : ExitCode.OK;
  }
}
