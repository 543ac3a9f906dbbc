package dev.fleetmend.cli.lab;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** {@code fleetmend lab exec HOST -- COMMAND}. */
@Command(
    name = "exec",
    description = "Runs a command in a host as root, and exits as it does.",
    mixinStandardHelpOptions = true)
final class LabExecCommand implements Callable<Integer> {
  @Mixin private LabOfServer lab = new LabOfServer();

  @Parameters(index = "0", paramLabel = "HOST")
  private String host = "";

  @Parameters(index = "1..*", arity = "1..*", paramLabel = "COMMAND")
  private List<String> command = new ArrayList<>();

  @Override
  public Integer call() {
    return lab.host(host).command(command.toArray(String[]::new)).attached();
  }
}
