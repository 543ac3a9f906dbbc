package dev.fleetmend.cli.lab;

import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** {@code fleetmend lab join}. */
@Command(
    name = "join",
    description = "Puts a host back on the network.",
    mixinStandardHelpOptions = true)
final class LabJoinCommand implements Runnable {
  @Mixin private LabOfServer lab = new LabOfServer();

  @Parameters(index = "0", paramLabel = "HOST")
  private String host = "";

  @Override
  public void run() {
    lab.host(host).joinNetwork();
  }
}
