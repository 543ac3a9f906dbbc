package dev.fleetmend.cli;

import dev.fleetmend.cli.plan.Plan;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** {@code fleetmend plan}. */
@Command(
    name = "plan",
    description = "Shows what declarative files would change, and changes nothing.",
    mixinStandardHelpOptions = true)
final class PlanCommand implements Runnable {
  @Spec private CommandSpec spec = CommandSpec.create();
  @Mixin private DataOption data = new DataOption();
  @Mixin private FileOption files = new FileOption();

  @Override
  public void run() {
    spec.commandLine().getOut().print(Plan.of(data.api(), files.read()).describe());
    spec.commandLine().getOut().flush();
  }
}
