package dev.fleetmend.cli.lab;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.fleetmend.cli.ExitCode;
import dev.fleetmend.cli.Problem;
import dev.fleetmend.cli.Terminal;
import dev.fleetmend.cli.client.Api;
import dev.fleetmend.cli.client.AwsProfile;
import dev.fleetmend.lab.Lab;
import dev.fleetmend.lab.LabException;
import dev.fleetmend.lab.Lifetime;
import dev.fleetmend.lab.ManagedHost;
import dev.fleetmend.node.image.AgentImage;
import java.io.IOException;
import java.net.URI;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code fleetmend lab up}. */
@Command(
    name = "up",
    description = {
      "Boots hosts with updates outstanding, and enrols them: Debian with real ones, or hosts with",
      "dnf, dnf5 or zypper and an archive of test packages.",
      "The first time on a machine it builds their root file system, which takes a few minutes."
    },
    mixinStandardHelpOptions = true)
final class LabUpCommand implements Runnable {
  private static final int MOST = 200;

  @Spec private CommandSpec spec = CommandSpec.create();
  @Mixin private LabOfServer place = new LabOfServer();

  @Option(names = "--hosts", paramLabel = "N", description = "How many more. Default: 1")
  private int hosts = 1;

  @Option(
      names = "--family",
      paramLabel = "FAMILY",
      description = "Their package manager: ${COMPLETION-CANDIDATES}. Default: debian")
  private HostFamily family = HostFamily.DEBIAN;

  @Option(
      names = "--patch-group",
      paramLabel = "NAME",
      description = "Tags the nodes with this Patch Group, for instance 'group 1'.")
  private @Nullable String patchGroup;

  @Override
  public void run() {
    if (hosts < 1 || hosts > MOST) {
      throw new Problem(ExitCode.USAGE, "--hosts takes 1 to " + MOST + "; nothing was started");
    }
    family
        .obstacle()
        .ifPresent(
            reason -> {
              throw new Problem(ExitCode.ENVIRONMENT, reason + "; nothing was started");
            });
    AwsProfile server = place.data().folder().profile();
    ObjectNode activation = activation(place.data().api());
    try {
      Lab lab = lab(server.endpoint().getPort());
      AgentImage image = image();
      for (String name : names(lab)) {
        say(name + ": booting");
        ManagedHost host = family.boot(lab, name, image);
        say(name + ": enrolling");
        host.enrol(
            endpoint(server.endpoint()),
            activation.path("ActivationId").asText(),
            activation.path("ActivationCode").asText(),
            server.authority());
        spec.commandLine().getOut().println(LabListCommand.line(host.host()));
        spec.commandLine().getOut().flush();
      }
    } catch (LabException e) {
      throw new Problem(ExitCode.FAILED, e.getMessage() + "; 'lab list' shows what runs");
    }
  }

  private AgentImage image() {
    try {
      return AgentImage.in(AgentImage.usualCache(), Clock.systemUTC());
    } catch (IOException e) {
      throw new Problem(
          ExitCode.FAILED,
          "cannot make the agent's image: " + e.getMessage() + "; no host was booted");
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new Problem(ExitCode.FAILED, "stopped before the agent's image was made");
    }
  }

  private ObjectNode activation(Api api) {
    ObjectNode request = Api.request();
    request.put("IamRole", "service-role/fleetmend-lab");
    request.put("Description", "lab");
    request.put("DefaultInstanceName", "lab");
    request.put("RegistrationLimit", hosts);
    if (patchGroup != null) {
      request.putArray("Tags").addObject().put("Key", "Patch Group").put("Value", patchGroup);
    }
    return api.ssm("CreateActivation", request);
  }

  private Lab lab(int port) {
    return place
        .lab()
        .orElseGet(
            () -> {
              say("making the lab");
              Lab lab = Lab.open(place.folder(), Lifetime.DETACHED);
              lab.forward(port, port);
              return lab;
            });
  }

  private List<String> names(Lab lab) {
    List<String> names = new ArrayList<>();
    for (int number = 1; names.size() < hosts; number++) {
      String name = family.prefix() + number;
      if (lab.host(name).isEmpty()) {
        names.add(name);
      }
    }
    return names;
  }

  private static String endpoint(URI server) {
    return server.getScheme() + "://" + Lab.GATEWAY + ":" + server.getPort();
  }

  private void say(String progress) {
    if (Terminal.present()) {
      spec.commandLine().getErr().println(progress);
      spec.commandLine().getErr().flush();
    }
  }
}
