package dev.fleetmend.cli.lab;

import dev.fleetmend.cli.Problem;
import dev.fleetmend.cli.client.Api;
import dev.fleetmend.cli.client.ApiProblem;
import dev.fleetmend.lab.Lab;
import dev.fleetmend.lab.ManagedHost;
import java.util.List;
import java.util.Optional;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** {@code fleetmend lab down}. */
@Command(
    name = "down",
    description = {
      "Ends and removes all hosts, and deregisters their nodes where the server answers.",
      "Says nothing when there are none."
    },
    mixinStandardHelpOptions = true)
final class LabDownCommand implements Runnable {
  @Spec private CommandSpec spec = CommandSpec.create();
  @Mixin private LabOfServer place = new LabOfServer();

  @Override
  public void run() {
    place.lab().ifPresent(this::end);
  }

  private void end(Lab lab) {
    List<String> nodes =
        lab.hosts().stream()
            .map(host -> new ManagedHost(host).nodeId())
            .flatMap(Optional::stream)
            .toList();
    lab.close();
    try {
      Api api = place.data().api();
      nodes.forEach(id -> deregister(api, id));
    } catch (Problem e) {
      spec.commandLine()
          .getErr()
          .println("fleetmend: the hosts are gone; nodes of theirs stay known: " + e.getMessage());
    }
  }

  /** A node that is not known any more is as wanted. */
  private static void deregister(Api api, String id) {
    try {
      api.ssm("DeregisterManagedInstance", Api.request().put("InstanceId", id));
    } catch (ApiProblem e) {
      if (!e.code().equals("InvalidInstanceId")) {
        throw e;
      }
    }
  }
}
