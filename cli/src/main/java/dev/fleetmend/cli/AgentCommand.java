package dev.fleetmend.cli;

import dev.fleetmend.node.FleetmendAgent;
import java.util.ArrayList;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** {@code fleetmend agent}: the agent's own program, with its own options and exit codes. */
@Command(
    name = "agent",
    description = {
      "The node side on this machine: enroll, run, scan, install, rollback.",
      "Its options are those of the program fleetmend-agent; without any it names them."
    })
final class AgentCommand implements Runnable {
  @Parameters(paramLabel = "WORD", description = "enroll --endpoint URL --activation-id ID ...")
  private List<String> words = new ArrayList<>();

  @Override
  public void run() {
    try {
      FleetmendAgent.main(words.toArray(String[]::new));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new Problem(ExitCode.FAILED, "stopped before the agent was done");
    }
  }
}
