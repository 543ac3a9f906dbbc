package dev.fleetmend.cli;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.fleetmend.cli.client.Api;
import dev.fleetmend.cli.client.AwsProfile;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code fleetmend agent stock-config}. */
@Command(
    name = "fleetmend agent stock-config",
    description = {
      "Prints a script that sets a host's unmodified amazon-ssm-agent to this server.",
      "It holds no secret. Read it, run it there as root, then register the host as it says."
    },
    mixinStandardHelpOptions = true)
final class StockConfig implements Callable<Integer> {
  /**
   * Where nothing listens: the agent then stays with its polls. Without a scheme the agent takes it
   * for no address, and goes to AWS's own.
   */
  private static final String NO_CONTROL_CHANNEL = "https://127.0.0.1:1";

  @Spec private CommandSpec spec = CommandSpec.create();
  @Mixin private DataOption data = new DataOption();

  @Option(
      names = "--address",
      paramLabel = "NAME",
      description = "Name or address by which the host reaches the server.")
  private @Nullable String address;

  @Override
  public Integer call() throws IOException {
    AwsProfile profile = data.folder().profile();
    String authority =
        profile.authority() == null ? null : Files.readString(profile.authority()).strip();
    spec.commandLine()
        .getOut()
        .print(script(server(profile, authority != null), profile.region(), authority));
    spec.commandLine().getOut().flush();
    return ExitCode.OK;
  }

  private URI server(AwsProfile profile, boolean tls) {
    List<String> names = new ArrayList<>();
    data.api()
        .call("Fleetmend.GetAgentInstaller", Api.request())
        .path("Names")
        .forEach(name -> names.add(name.asText()));
    String host = address == null ? EnrolmentPrint.usual(profile.endpoint(), names) : address;
    if (tls && !names.contains(host)) {
      throw new Problem(
          ExitCode.USAGE,
          "the server's certificate is not for "
              + host
              + " but for "
              + String.join(", ", names)
              + "; start the server with --tls-name "
              + host);
    }
    String shown = host.contains(":") ? "[" + host + "]" : host;
    return URI.create(
        profile.endpoint().getScheme() + "://" + shown + ":" + profile.endpoint().getPort());
  }

  static String script(URI server, String region, @Nullable String authority) {
    return """
    #!/bin/sh
    # Sets this host's amazon-ssm-agent to the Fleetmend server %1$s. As root.
    set -eu
    umask 022
    mkdir -p /etc/amazon/ssm
    config=/etc/amazon/ssm/amazon-ssm-agent.json
    if [ -e "$config" ] && [ ! -e "$config.before-fleetmend" ]; then cp -p "$config" "$config.before-fleetmend"; fi
    cat >"$config" <<'JSON'
    %2$s
    JSON
    %3$s
    echo 'The agent is set to %1$s. What is left to do:' >&2
    echo '  amazon-ssm-agent -register -code CODE -id ID -region %4$s -y' >&2
    echo '  systemctl restart amazon-ssm-agent' >&2
    echo 'CODE and ID are of an activation: ./fleetmend ssm create-activation --iam-role service-role/fleetmend' >&2
    """
        .formatted(
            server,
            configuration(server, authority != null),
            authority == null ? "" : trust(authority),
            region);
  }

  private static String configuration(URI server, boolean tls) {
    ObjectNode all = new ObjectMapper().createObjectNode();
    all.putObject("Ssm").put("Endpoint", server.toString());
    all.putObject("Mds").put("Endpoint", server.toString());
    all.putObject("Mgs").put("Endpoint", tls ? server.toString() : NO_CONTROL_CHANNEL);
    all.putObject("Identity").putArray("ConsumptionOrder").add("OnPrem");
    return all.toPrettyString();
  }

  private static String trust(String authority) {
    return """
    # The agent trusts what the host trusts, so the host has to trust the server's authority.
    if [ -d /usr/local/share/ca-certificates ]; then
      authority=/usr/local/share/ca-certificates/fleetmend.crt update=update-ca-certificates
    elif [ -d /etc/pki/ca-trust/source/anchors ]; then
      authority=/etc/pki/ca-trust/source/anchors/fleetmend.pem update=update-ca-trust
    elif [ -d /etc/pki/trust/anchors ]; then
      authority=/etc/pki/trust/anchors/fleetmend.pem update=update-ca-certificates
    else
      echo 'Where this host keeps its trusted authorities is not known; add the one in this script by hand.' >&2
      exit 1
    fi
    cat >"$authority" <<'PEM'
    %s
    PEM
    "$update\""""
        .formatted(authority);
  }
}
