package dev.fleetmend.server.clients;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The aws CLI, unmodified, against a whole server. */
@Tag("slow")
class AwsCliTest {
  @TempDir private Path folder;
  private ClientServer server;

  @BeforeEach
  void start() throws IOException {
    server = ClientServer.start(folder);
    server.need(List.of("aws", "--version"), "the aws CLI");
  }

  @AfterEach
  void stop() {
    server.close();
  }

  @Test
  void baselinesGroupsAndTagsAreKept() throws Exception {
    String id =
        server.aws(
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
    assertThat(
            server.aws(
                "get-patch-baseline", "--baseline-id", id, "--query", "[Name,OperatingSystem]"))
        .isEqualTo("web-servers\tDEBIAN");
    server.aws(
        "register-patch-baseline-for-patch-group", "--baseline-id", id, "--patch-group", "web");
    assertThat(
            server.aws(
                "get-patch-baseline-for-patch-group",
                "--patch-group",
                "web",
                "--operating-system",
                "DEBIAN",
                "--query",
                "BaselineId"))
        .isEqualTo(id);
    server.aws(
        "add-tags-to-resource",
        "--resource-type",
        "PatchBaseline",
        "--resource-id",
        id,
        "--tags",
        "Key=ring,Value=first");
    assertThat(
            server.aws(
                "list-tags-for-resource",
                "--resource-type",
                "PatchBaseline",
                "--resource-id",
                id,
                "--query",
                "TagList[0].Value"))
        .isEqualTo("first");
    assertThat(server.aws("delete-patch-baseline", "--baseline-id", id))
        .contains("ResourceInUseException");
    assertThat(server.aws("get-patch-baseline", "--baseline-id", "pb-00000000000000000"))
        .contains("DoesNotExistException");
    assertThat(server.aws("get-parameter", "--name", "x"))
        .contains("UnsupportedOperationException");
  }

  @Test
  void theCallerIsToldWhoItIs() throws IOException {
    assertThat(server.awsCli("sts", "get-caller-identity"))
        .isEqualTo(
            "000000000000\tarn:aws:iam::000000000000:user/%s\t%s"
                .formatted(server.key().id(), server.key().id()));
    assertThat(server.awsCli("sts", "get-session-token"))
        .contains("An error occurred (InvalidAction)");
    assertThat(
            server
                .run(
                    folder,
                    List.of(
                        "env", "AWS_ACCESS_KEY_ID=UNKNOWN", "aws", "sts", "get-caller-identity"))
                .output())
        .contains("An error occurred (InvalidClientTokenId)");
  }

  @Test
  void aWindowRunsByItselfAndItsHistoryIsRead() throws Exception {
    try (ScriptedNode node = ScriptedNode.online(server, Map.of("Patch Group", "web"))) {
      String window =
          server.aws(
              "create-maintenance-window",
              "--name=nightly",
              "--schedule=cron(0 2 ? * SUN *)",
              "--duration=4",
              "--cutoff=1",
              "--no-allow-unassociated-targets",
              "--query=WindowId");
      String target =
          server.aws(
              "register-target-with-maintenance-window",
              "--window-id=" + window,
              "--resource-type=INSTANCE",
              "--targets=Key=tag:Patch Group,Values=web",
              "--query=WindowTargetId");
      server.aws(
          "register-task-with-maintenance-window",
          "--window-id=" + window,
          "--targets=Key=WindowTargetIds,Values=" + target,
          "--task-type=RUN_COMMAND",
          "--task-arn=AWS-RunShellScript",
          "--max-concurrency=1",
          "--max-errors=0",
          "--task-invocation-parameters={\"RunCommand\":{\"Parameters\":{\"commands\":[\"true\"]}}}");
      assertThat(
              server.aws(
                  "describe-maintenance-windows-for-target",
                  "--resource-type=INSTANCE",
                  "--targets=Key=InstanceIds,Values=" + node.id(),
                  "--query=WindowIdentities[].[WindowId,Name]"))
          .isEqualTo(window + "\tnightly");

      server.aws(
          "update-maintenance-window",
          "--window-id=" + window,
          "--schedule=at(%s)".formatted(ScriptedNode.inSeconds(10)));

      String executions = "describe-maintenance-window-executions";
      await("the end of the window")
          .atMost(Duration.ofMinutes(2))
          .until(
              () ->
                  server
                      .aws(executions, "--window-id=" + window, "--query=WindowExecutions[].Status")
                      .equals("SUCCESS"));
      String execution =
          "--window-execution-id="
              + server.aws(
                  executions,
                  "--window-id=" + window,
                  "--query=WindowExecutions[0].WindowExecutionId");
      String task =
          "--task-id="
              + server.aws("get-maintenance-window-execution", execution, "--query=TaskIds[0]");
      assertThat(
              server.aws(
                  "get-maintenance-window-execution-task",
                  execution,
                  task,
                  "--query=[Type,TaskParameters[0].\"aws:InstanceId\".Values[0]]"))
          .isEqualTo("RUN_COMMAND\t" + node.id());
      assertThat(
              server.aws(
                  "get-command-invocation",
                  "--instance-id=" + node.id(),
                  "--command-id="
                      + server.aws(
                          "describe-maintenance-window-execution-task-invocations",
                          execution,
                          task,
                          "--query=WindowExecutionTaskInvocationIdentities[0].ExecutionId"),
                  "--query=Status"))
          .isEqualTo("Success");
    }
  }
}
