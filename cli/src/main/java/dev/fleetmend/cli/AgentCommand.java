package dev.fleetmend.cli;

import dev.fleetmend.node.FleetmendAgent;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code fleetmend agent}: the agent's own program, with its own options and exit codes. */
@Command(
    name = "agent",
    description = {
      "The node side on this machine: enroll, run, scan, install, rollback.",
      "Its options are those of the program fleetmend-agent; without any it names them.",
      "enroll --print prints the command that installs the agent on another host.",
      "stock-config prints what sets an unmodified amazon-ssm-agent to the server."
    })
final class AgentCommand implements Callable<Integer> {
  @Spec private CommandSpec spec = CommandSpec.create();

  @Parameters(paramLabel = "WORD", description = "enroll --endpoint URL --activation-id ID ...")
  private List<String> words = new ArrayList<>();

  @Override
  public Integer call() {
    if (words.contains("enroll") && words.contains("--print")) {
      return run(new EnrolmentPrint(), Set.of("enroll", "--print"));
    }
    if (words.contains("stock-config")) {
      return run(new StockConfig(), Set.of("stock-config"));
    }
    try {
      FleetmendAgent.main(words.toArray(String[]::new));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new Problem(ExitCode.FAILED, "stopped before the agent was done");
    }
    return ExitCode.OK;
  }

  private int run(Callable<Integer> command, Set<String> name) {
    CommandLine here = spec.commandLine();
    return new CommandLine(command)
        .setOut(here.getOut())
        .setErr(here.getErr())
        .setExecutionExceptionHandler(new ErrorLine())
        .execute(words.stream().filter(word -> !name.contains(word)).toArray(String[]::new));
  }
}
