package dev.fleetmend.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The script as a host runs it, with a folder in the place of its root. */
class StockConfigTest {
  private static final String AUTHORITY =
      "-----BEGIN CERTIFICATE-----\nMIIB\n-----END CERTIFICATE-----";

  @TempDir
  @SuppressWarnings("NullAway.Init")
  private Path root;

  @Test
  void aServerWithTlsGetsAllEndpointsAndItsAuthorityIsTrusted() throws Exception {
    Path anchors = Files.createDirectories(root.resolve("usr/local/share/ca-certificates"));
    Path config = Files.createDirectories(root.resolve("etc/amazon/ssm"));
    Files.writeString(config.resolve("amazon-ssm-agent.json"), "{\"mine\":1}");

    String said = run(URI.create("https://patch.example:8443"), AUTHORITY);
    run(URI.create("https://patch.example:8443"), AUTHORITY);

    JsonNode written =
        new ObjectMapper().readTree(config.resolve("amazon-ssm-agent.json").toFile());
    for (String service : new String[] {"Ssm", "Mds", "Mgs"}) {
      assertThat(written.path(service).path("Endpoint").asText())
          .isEqualTo("https://patch.example:8443");
    }
    assertThat(written.at("/Identity/ConsumptionOrder/0").asText()).isEqualTo("OnPrem");
    assertThat(config.resolve("amazon-ssm-agent.json.before-fleetmend")).hasContent("{\"mine\":1}");
    assertThat(anchors.resolve("fleetmend.crt")).hasContent(AUTHORITY + "\n");
    assertThat(said).contains("trust updated", "-region eu-central-1");
  }

  @Test
  void aServerWithoutTlsKeepsTheAgentToItsPolls() throws Exception {
    run(URI.create("http://127.0.0.1:8080"), null);

    JsonNode written =
        new ObjectMapper().readTree(root.resolve("etc/amazon/ssm/amazon-ssm-agent.json").toFile());
    assertThat(written.at("/Mds/Endpoint").asText()).isEqualTo("http://127.0.0.1:8080");
    assertThat(written.at("/Mgs/Endpoint").asText()).isEqualTo("https://127.0.0.1:1");
  }

  private String run(URI server, @Nullable String authority)
      throws IOException, InterruptedException {
    String script =
        StockConfig.script(server, "eu-central-1", authority)
            .replace("/etc/", root + "/etc/")
            .replace("/usr/local/", root + "/usr/local/");
    Path tools = Files.createDirectories(root.resolve("tools"));
    Path update = tools.resolve("update-ca-certificates");
    Files.writeString(update, "#!/bin/sh\necho trust updated\n");
    assertThat(update.toFile().setExecutable(true)).isTrue();
    ProcessBuilder shell = new ProcessBuilder("sh", "-c", script).redirectErrorStream(true);
    shell.environment().put("PATH", tools + ":" + System.getenv("PATH"));
    Process process = shell.start();
    String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(process.waitFor(30, TimeUnit.SECONDS)).isTrue();
    assertThat(process.exitValue()).as(said).isZero();
    return said;
  }
}
