package dev.fleetmend.cli.lab;

import dev.fleetmend.lab.Lab;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** {@code fleetmend lab down}. */
@Command(
    name = "down",
    description = "Ends and removes all hosts; says nothing when there are none.",
    mixinStandardHelpOptions = true)
final class LabDownCommand implements Runnable {
  @Mixin private LabOfServer lab = new LabOfServer();

  @Override
  public void run() {
    lab.lab().ifPresent(Lab::close);
  }
}
