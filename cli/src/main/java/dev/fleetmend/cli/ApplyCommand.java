package dev.fleetmend.cli;

import dev.fleetmend.cli.plan.Plan;
import dev.fleetmend.cli.plan.Progress;
import java.io.PrintWriter;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code fleetmend apply}. */
@Command(
    name = "apply",
    description = "Carries out declarative files, after showing what they change and asking.",
    mixinStandardHelpOptions = true)
final class ApplyCommand implements Runnable {
  @Spec private CommandSpec spec = CommandSpec.create();
  @Mixin private DataOption data = new DataOption();
  @Mixin private FileOption files = new FileOption();

  @Option(
      names = {"-y", "--yes"},
      description = "Does not ask.")
  private boolean yes;

  @Override
  public void run() {
    PrintWriter out = spec.commandLine().getOut();
    Plan plan = Plan.of(data.api(), files.read());
    out.print(plan.describe());
    out.flush();
    if (plan.changesNothing()) {
      return;
    }
    if (!yes && !Terminal.present()) {
      throw new Problem(
          ExitCode.USAGE,
          "there is no terminal to ask on; nothing was changed. Say --yes to go on");
    }
    if (!yes && !Terminal.agrees("Carry it out?")) {
      throw new Problem(ExitCode.FAILED, "nothing was changed");
    }
    plan.carryOut(
        new Progress(spec.commandLine().getErr(), Terminal.present()),
        line -> {
          out.println(line);
          out.flush();
        });
  }
}
