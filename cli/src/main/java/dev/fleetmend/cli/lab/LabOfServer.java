package dev.fleetmend.cli.lab;

import dev.fleetmend.cli.DataOption;
import dev.fleetmend.cli.ExitCode;
import dev.fleetmend.cli.Problem;
import dev.fleetmend.lab.Lab;
import dev.fleetmend.lab.LabHost;
import java.nio.file.Path;
import java.util.Optional;
import picocli.CommandLine.Mixin;

/** The one lab that belongs to a server's data folder. */
final class LabOfServer {
  @Mixin private DataOption data = new DataOption();

  DataOption data() {
    return data;
  }

  Path folder() {
    return data.folder().path().resolve("lab");
  }

  Optional<Lab> lab() {
    return Lab.running(folder());
  }

  /** The host of a name. */
  LabHost host(String name) {
    Lab lab =
        lab()
            .orElseThrow(
                () ->
                    new Problem(
                        ExitCode.FAILED,
                        "no lab runs for " + data.folder().path() + "; start one with 'lab up'"));
    return lab.host(name)
        .orElseThrow(
            () ->
                new Problem(
                    ExitCode.USAGE,
                    "the lab has no host "
                        + name
                        + "; it has "
                        + String.join(", ", lab.hosts().stream().map(LabHost::name).toList())));
  }
}
