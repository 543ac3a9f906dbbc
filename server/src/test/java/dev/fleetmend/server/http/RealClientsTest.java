package dev.fleetmend.server.http;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fleetmend.server.FleetmendServer;
import dev.fleetmend.server.ServerConfig;
import dev.fleetmend.server.access.AccessKey;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The aws CLI and boto3, unmodified, against a whole server. */
@Tag("slow")
class RealClientsTest {
  private @TempDir Path folder;
  private FleetmendServer server;
  private AccessKey key;

  @BeforeEach
  void start() throws IOException {
    server =
        FleetmendServer.start(ServerConfig.local(folder.resolve("data"), 0), Clock.systemUTC());
    key = server.accessKeys().createAdministrator();
  }

  @AfterEach
  void stop() {
    server.close();
  }

  private record Outcome(int exitCode, String output) {}

  private Outcome run(List<String> command) throws IOException, InterruptedException {
    Path output = folder.resolve("output");
    ProcessBuilder builder =
        new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(output.toFile());
    builder.environment().put("AWS_ACCESS_KEY_ID", key.id());
    builder.environment().put("AWS_SECRET_ACCESS_KEY", key.secret());
    builder.environment().put("AWS_DEFAULT_REGION", ServerConfig.DEFAULT_REGION);
    builder.environment().put("AWS_ENDPOINT_URL", "http://127.0.0.1:" + server.port());
    builder.environment().put("AWS_CONFIG_FILE", folder.resolve("none").toString());
    builder.environment().put("AWS_PAGER", "");
    Process process = builder.start();
    assertThat(process.waitFor(60, TimeUnit.SECONDS)).as(String.join(" ", command)).isTrue();
    return new Outcome(
        process.exitValue(), Files.readString(output, StandardCharsets.UTF_8).strip());
  }

  private String aws(String... arguments) throws IOException, InterruptedException {
    List<String> command = new ArrayList<>(List.of("aws", "ssm"));
    command.addAll(List.of(arguments));
    command.addAll(List.of("--output", "text"));
    return run(command).output();
  }

  private void need(List<String> probe, String what) throws InterruptedException {
    try {
      if (run(probe).exitCode() == 0) {
        return;
      }
    } catch (IOException e) {
      Assumptions.abort(what + " is not on this machine: " + e.getMessage());
    }
    Assumptions.abort(what + " is not on this machine");
  }

  @Test
  void theAwsCliKeepsBaselinesGroupsAndTags() throws Exception {
    need(List.of("aws", "--version"), "the aws CLI");
    String id =
        aws(
            "create-patch-baseline",
            "--name",
            "web-servers",
            "--operating-system",
            "DEBIAN",
            "--approval-rules",
            "PatchRules=[{PatchFilterGroup={PatchFilters=[{Key=PRIORITY,Values=[Required]}]}}]",
            "--query",
            "BaselineId");
    assertThat(id).matches("pb-[0-9a-f]{17}");
    assertThat(aws("get-patch-baseline", "--baseline-id", id, "--query", "[Name,OperatingSystem]"))
        .isEqualTo("web-servers\tDEBIAN");
    aws("register-patch-baseline-for-patch-group", "--baseline-id", id, "--patch-group", "web");
    assertThat(
            aws(
                "get-patch-baseline-for-patch-group",
                "--patch-group",
                "web",
                "--operating-system",
                "DEBIAN",
                "--query",
                "BaselineId"))
        .isEqualTo(id);
    aws(
        "add-tags-to-resource",
        "--resource-type",
        "PatchBaseline",
        "--resource-id",
        id,
        "--tags",
        "Key=ring,Value=first");
    assertThat(
            aws(
                "list-tags-for-resource",
                "--resource-type",
                "PatchBaseline",
                "--resource-id",
                id,
                "--query",
                "TagList[0].Value"))
        .isEqualTo("first");
    assertThat(aws("delete-patch-baseline", "--baseline-id", id))
        .contains("ResourceInUseException");
    assertThat(aws("get-patch-baseline", "--baseline-id", "pb-00000000000000000"))
        .contains("DoesNotExistException");
    assertThat(aws("get-parameter", "--name", "x")).contains("UnsupportedOperationException");
  }

  @Test
  void boto3PagesThroughTheBaselines() throws Exception {
    need(List.of("python3", "-c", "import boto3"), "boto3");
    Outcome outcome =
        run(
            List.of(
                "python3",
                "-c",
                """
                import boto3
                ssm = boto3.client("ssm")
                pages = ssm.get_paginator("describe_patch_baselines").paginate(
                    PaginationConfig={"PageSize": 5})
                names = [b["BaselineName"] for p in pages for b in p["BaselineIdentities"]]
                print(len(names), len(set(names)), "AWS-DebianDefaultPatchBaseline" in names)
                try:
                    ssm.create_patch_baseline(Name="not a name")
                except ssm.exceptions.ClientError as e:
                    print(e.response["Error"]["Code"], e.response["Error"]["Message"][:28])
                """));
    assertThat(outcome.output())
        .isEqualTo("17 17 True\nValidationException 1 validation error detected:");
  }
}
