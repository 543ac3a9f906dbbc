package dev.fleetmend.cli;

import static java.nio.charset.StandardCharsets.US_ASCII;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.fleetmend.cli.client.Api;
import dev.fleetmend.lab.Lab;
import dev.fleetmend.server.access.PrivateFiles;
import java.io.IOException;
import java.io.PrintWriter;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code fleetmend agent enroll --print}. */
@Command(
    name = "fleetmend agent enroll --print",
    description = {
      "Prints the one command that installs the agent on a host, and makes an activation for it.",
      "The command asks for the activation's code, or takes it from --activation-code-file."
    },
    mixinStandardHelpOptions = true)
final class EnrolmentPrint implements Callable<Integer> {
  private static final Duration IMAGE_PATIENCE = Duration.ofMinutes(3);

  @Spec private CommandSpec spec = CommandSpec.create();
  @Mixin private DataOption data = new DataOption();

  @Option(
      names = "--address",
      paramLabel = "NAME",
      description = "Name or address by which the host reaches the server.")
  private @Nullable String address;

  @Option(
      names = "--hosts",
      paramLabel = "N",
      description = "How many hosts the activation is for. Default: 1")
  private int hosts = 1;

  @Option(
      names = "--patch-group",
      paramLabel = "NAME",
      description = "Tags the nodes with this Patch Group.")
  private @Nullable String patchGroup;

  @Option(
      names = "--activation-id",
      paramLabel = "ID",
      description = "Use this activation, whose code you have, rather than a new one.")
  private @Nullable String activationId;

  @Option(
      names = "--code-file",
      paramLabel = "FILE",
      description = "Write the new activation's code to this file, rather than showing it.")
  private @Nullable Path codeFile;

  @Override
  public Integer call() throws IOException, InterruptedException {
    Api api = data.api();
    ObjectNode installer = installer(api);
    URI server = server(installer);
    String activation = activationId == null ? activation(api) : activationId;
    spec.commandLine().getOut().println(command(server, installer, activation));
    spec.commandLine().getOut().flush();
    return ExitCode.OK;
  }

  private static String command(URI server, ObjectNode installer, String activation) {
    JsonNode pin = installer.path("KeyPin");
    // The server's CA is not known to the host yet: who it talks to is told by the pin alone.
    String fetch =
        pin.isTextual() ? "curl -fsSk --pinnedpubkey '" + pin.asText() + "'" : "curl -fsS";
    return "s=$("
        + fetch
        + " '"
        + server
        + installer.path("Path").asText()
        + "') && sh -c \"$s\" install-fleetmend-agent --server '"
        + server
        + "' --activation-id '"
        + activation
        + "'";
  }

  private ObjectNode installer(Api api) throws InterruptedException {
    long until = System.nanoTime() + IMAGE_PATIENCE.toNanos();
    ObjectNode installer = api.call("Fleetmend.GetAgentInstaller", Api.request());
    if (installer.path("Images").isEmpty()) {
      say("The server makes the agent's image; this takes a few seconds the first time.");
    }
    while (installer.path("Images").isEmpty()) {
      if (System.nanoTime() > until) {
        throw new Problem(
            ExitCode.FAILED,
            "the server has no image of the agent; what it said when it made one (server.log in"
                + " the data folder) says why. No activation was made");
      }
      TimeUnit.MILLISECONDS.sleep(500);
      installer = api.call("Fleetmend.GetAgentInstaller", Api.request());
    }
    return installer;
  }

  private URI server(ObjectNode installer) {
    URI endpoint = data.folder().profile().endpoint();
    List<String> names = new ArrayList<>();
    installer.path("Names").forEach(name -> names.add(name.asText()));
    String host = address == null ? usual(endpoint, names) : address;
    if (names.isEmpty()) {
      say(
          "The server speaks plain http, so the command has no pin: it is for this machine, and for"
              + " lab hosts with --address "
              + Lab.GATEWAY
              + ". For others start the server with --bind 0.0.0.0 --tls.");
    } else if (!names.contains(host)) {
      throw new Problem(
          ExitCode.USAGE,
          "the server's certificate is not for "
              + host
              + " but for "
              + String.join(", ", names)
              + "; start the server with --tls-name "
              + host
              + ". No activation was made");
    }
    String shown = host.contains(":") ? "[" + host + "]" : host;
    return URI.create(endpoint.getScheme() + "://" + shown + ":" + endpoint.getPort());
  }

  /** The first IPv4 address that other machines may know; else the one that this machine uses. */
  static String usual(URI endpoint, List<String> names) {
    return names.stream()
        .filter(name -> name.matches("[0-9.]+") && !name.startsWith("127."))
        .filter(name -> !name.equals(Lab.GATEWAY))
        .findFirst()
        .orElse(endpoint.getHost());
  }

  private String activation(Api api) throws IOException {
    ObjectNode request = Api.request();
    request.put("IamRole", "service-role/fleetmend");
    request.put("Description", "agent enroll --print");
    request.put("RegistrationLimit", hosts);
    if (patchGroup != null) {
      request.putArray("Tags").addObject().put("Key", "Patch Group").put("Value", patchGroup);
    }
    ObjectNode activation = api.ssm("CreateActivation", request);
    String code = activation.path("ActivationCode").asText();
    if (codeFile == null) {
      say(
          "Run the command as root on the host. It asks for the activation code, which is shown only"
              + " here, for "
              + hosts
              + (hosts == 1 ? " host" : " hosts")
              + " within 24 hours:\n"
              + code);
    } else {
      PrivateFiles.write(codeFile, (code + "\n").getBytes(US_ASCII));
    }
    return activation.path("ActivationId").asText();
  }

  private void say(String text) {
    PrintWriter err = spec.commandLine().getErr();
    err.println(text);
    err.flush();
  }
}
