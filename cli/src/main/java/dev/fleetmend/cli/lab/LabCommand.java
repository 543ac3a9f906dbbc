package dev.fleetmend.cli.lab;

import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code fleetmend lab}. */
@Command(
    name = "lab",
    description = {
      "Runs real hosts on this machine, in namespaces of their own, with agents in them.",
      "Needs root. The hosts run on until 'lab down'."
    },
    mixinStandardHelpOptions = true,
    synopsisSubcommandLabel = "COMMAND",
    subcommands = {
      LabUpCommand.class,
      LabListCommand.class,
      LabExecCommand.class,
      LabRebootCommand.class,
      LabCutCommand.class,
      LabJoinCommand.class,
      LabDownCommand.class
    })
public final class LabCommand implements Runnable {
  @Spec private CommandSpec spec = CommandSpec.create();

  @Override
  public void run() {
    throw new ParameterException(spec.commandLine(), "Which command?");
  }
}
