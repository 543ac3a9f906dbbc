package dev.fleetmend.cli;

import dev.fleetmend.cli.audit.AuditCommand;
import dev.fleetmend.cli.backup.BackupCommand;
import dev.fleetmend.cli.backup.RestoreCommand;
import dev.fleetmend.cli.key.KeyCommand;
import dev.fleetmend.cli.lab.LabCommand;
import dev.fleetmend.cli.output.OutputCommand;
import dev.fleetmend.cli.preview.PreviewCommand;
import dev.fleetmend.cli.preview.TransactionsCommand;
import dev.fleetmend.cli.up.DownCommand;
import dev.fleetmend.cli.up.EnvCommand;
import dev.fleetmend.cli.up.RehearseCommand;
import dev.fleetmend.cli.up.UpCommand;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** Entry point of {@code ./fleetmend}; see {@link ExitCode} for what it exits with. */
@Command(
    name = "fleetmend",
    description = "Self-hosted patch management that speaks the AWS Systems Manager API.",
    mixinStandardHelpOptions = true,
    version = "fleetmend 0.1.0",
    synopsisSubcommandLabel = "COMMAND",
    subcommands = {
      UpCommand.class,
      DownCommand.class,
      EnvCommand.class,
      StatusCommand.class,
      PlanCommand.class,
      ApplyCommand.class,
      ReportCommand.class,
      OutputCommand.class,
      PreviewCommand.class,
      TransactionsCommand.class,
      RehearseCommand.class,
      KeyCommand.class,
      AuditCommand.class,
      BackupCommand.class,
      RestoreCommand.class,
      LabCommand.class
    })
public final class Main implements Runnable {
  @Spec private CommandSpec spec = CommandSpec.create();

  @Override
  public void run() {
    throw new ParameterException(spec.commandLine(), "Which command?");
  }

  /** Runs one command and exits with its code. */
  public static void main(String[] arguments) {
    System.exit(commandLine().execute(arguments));
  }

  static CommandLine commandLine() {
    return new CommandLine(new Main())
        .addSubcommand(withOptionsOfItsOwn(new SsmCommand()))
        .addSubcommand(withOptionsOfItsOwn(new AgentCommand()))
        .setExpandAtFiles(false)
        .setCaseInsensitiveEnumValuesAllowed(true)
        .setExecutionExceptionHandler(new ErrorLine())
        .setExitCodeExceptionMapper(
            problem -> problem instanceof ParameterException ? ExitCode.USAGE : ExitCode.FAILED);
  }

  /** A command that passes words on: the options of SSM's operations are not picocli's to know. */
  private static CommandLine withOptionsOfItsOwn(Object command) {
    return new CommandLine(command).setUnmatchedOptionsArePositionalParams(true);
  }
}
