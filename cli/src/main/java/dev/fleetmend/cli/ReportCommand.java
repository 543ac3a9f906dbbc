package dev.fleetmend.cli;

import dev.fleetmend.cli.print.JsonText;
import dev.fleetmend.cli.report.FleetReport;
import java.io.PrintWriter;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code fleetmend report}. */
@Command(
    name = "report",
    description = "Writes the fleet's compliance to standard output.",
    mixinStandardHelpOptions = true)
final class ReportCommand implements Callable<Integer> {
  @Spec private CommandSpec spec = CommandSpec.create();
  @Mixin private DataOption data = new DataOption();

  @Option(names = "--format", description = "table, csv, json or html. Default: table")
  private Format format = Format.TABLE;

  @Option(names = "--check", description = "Exits with 7 unless every node is compliant.")
  private boolean check;

  /** What a report can be written as. */
  enum Format {
    TABLE,
    CSV,
    JSON,
    HTML
  }

  @Override
  public Integer call() {
    FleetReport report = FleetReport.of(data.api());
    PrintWriter out = spec.commandLine().getOut();
    out.print(
        switch (format) {
          case TABLE -> report.table();
          case CSV -> report.csv();
          case JSON -> JsonText.of(report.json()) + "\n";
          case HTML -> report.html();
        });
    out.flush();
    return check && !report.compliant() ? ExitCode.NOT_COMPLIANT : ExitCode.OK;
  }
}
