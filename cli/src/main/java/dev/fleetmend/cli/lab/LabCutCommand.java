package dev.fleetmend.cli.lab;

import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** {@code fleetmend lab cut}. */
@Command(
    name = "cut",
    description = "Takes a host off the network, the server included.",
    mixinStandardHelpOptions = true)
final class LabCutCommand implements Runnable {
  @Mixin private LabOfServer lab = new LabOfServer();

  @Parameters(index = "0", paramLabel = "HOST")
  private String host = "";

  @Override
  public void run() {
    lab.host(host).cutNetwork();
  }
}
