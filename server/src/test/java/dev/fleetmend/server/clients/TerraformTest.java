package dev.fleetmend.server.clients;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.fleetmend.server.clients.ClientServer.Outcome;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Terraform with its unmodified AWS provider: nothing drifts, and all goes again. */
@Tag("slow")
class TerraformTest {
  /** Where a machine without a network keeps providers. */
  private static final Path PLUGINS = Path.of("/opt/tf-plugins");

  private static final int NOTHING_TO_DO = 0;

  @TempDir private Path folder;
  private ClientServer server;

  @BeforeEach
  void start() throws IOException {
    server = ClientServer.start(folder);
    server.need(List.of("terraform", "version"), "terraform");
    if (!Files.isDirectory(PLUGINS)) {
      Assumptions.abort("Terraform's AWS provider is not in " + PLUGINS);
    }
  }

  @AfterEach
  void stop() {
    server.close();
  }

  @Test
  void resourcesAreMadeChangedImportedAndDestroyedWithoutDrift() throws IOException {
    Path made = configuration("made");
    terraform(made, "apply", "-auto-approve");
    JsonNode outputs = new ObjectMapper().readTree(terraform(made, "output", "-json"));
    assertThat(outputs.at("/account/value").textValue()).isEqualTo("000000000000");
    assertThat(outputs.at("/default/value").textValue()).startsWith("arn:aws:ssm:us-east-1:");
    assertThat(outputs.at("/baselines/value").intValue()).isEqualTo(17);
    assertThat(outputs.at("/windows_found/value").booleanValue()).isTrue();
    assertThat(outputs.at("/document_found/value").booleanValue()).isTrue();
    assertThat(outputs.at("/instances/value")).isEmpty();
    assertNoDrift(made);

    assertThat(terraform(made, "apply", "-auto-approve", "-var", "delay=9"))
        .contains("Apply complete! Resources: 0 added, 2 changed, 0 destroyed.");
    assertNoDrift(made, "-var", "delay=9");

    Path imported = configuration("imported");
    StringBuilder imports = new StringBuilder();
    for (Map.Entry<String, JsonNode> id : outputs.at("/import_ids/value").properties()) {
      imports.append(
          "import {\n  to = %s\n  id = \"%s\"\n}\n"
              .formatted(id.getKey(), id.getValue().textValue()));
    }
    Files.writeString(imported.resolve("imports.tf"), imports);
    // A patch group can't be imported; registering it once more changes nothing.
    assertThat(terraform(imported, "apply", "-auto-approve", "-var", "delay=9"))
        .contains("Apply complete! Resources: 10 imported, 1 added, 0 changed, 0 destroyed.");
    assertNoDrift(imported, "-var", "delay=9");

    terraform(imported, "destroy", "-auto-approve");
    assertThat(server.aws("describe-maintenance-windows", "--query", "WindowIdentities")).isEmpty();
    assertThat(server.aws("describe-activations", "--query", "ActivationList")).isEmpty();
    assertThat(
            server.aws(
                "get-default-patch-baseline", "--operating-system", "DEBIAN", "--output", "text"))
        .contains("arn:aws:ssm:us-east-1:");
  }

  private Path configuration(String name) throws IOException {
    Path directory = Files.createDirectory(folder.resolve(name));
    Files.writeString(directory.resolve("main.tf"), ClientServer.resource("/terraform/main.tf"));
    assertDone(
        server.run(
            directory,
            List.of("terraform", "init", "-input=false", "-no-color", "-plugin-dir=" + PLUGINS)));
    return directory;
  }

  private void assertNoDrift(Path directory, String... options) throws IOException {
    List<String> plan = new ArrayList<>(List.of("terraform", "plan", "-detailed-exitcode"));
    plan.addAll(List.of("-input=false", "-no-color"));
    plan.addAll(List.of(options));
    Outcome outcome = server.run(directory, plan);
    assertThat(outcome.exitCode()).as(outcome.output()).isEqualTo(NOTHING_TO_DO);
  }

  private String terraform(Path directory, String... arguments) throws IOException {
    List<String> command = new ArrayList<>(List.of("terraform"));
    command.addAll(List.of(arguments));
    command.add("-no-color");
    return assertDone(server.run(directory, command));
  }

  private static String assertDone(Outcome outcome) {
    assertThat(outcome.exitCode()).as(outcome.output()).isZero();
    return outcome.output();
  }
}
