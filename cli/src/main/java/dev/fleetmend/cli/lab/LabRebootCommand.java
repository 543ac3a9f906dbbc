package dev.fleetmend.cli.lab;

import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** {@code fleetmend lab reboot}. */
@Command(
    name = "reboot",
    description = "Reboots a host and waits until it is up again.",
    mixinStandardHelpOptions = true)
final class LabRebootCommand implements Runnable {
  @Mixin private LabOfServer lab = new LabOfServer();

  @Parameters(index = "0", paramLabel = "HOST")
  private String host = "";

  @Override
  public void run() {
    lab.host(host).reboot();
  }
}
