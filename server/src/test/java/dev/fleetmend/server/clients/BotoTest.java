package dev.fleetmend.server.clients;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** boto3, unmodified: its paginators, its waiter and its errors. */
@Tag("slow")
class BotoTest {
  @TempDir private Path folder;
  private ClientServer server;

  @BeforeEach
  void start() throws IOException {
    server = ClientServer.start(folder);
    server.need(List.of("python3", "-c", "import boto3"), "boto3");
  }

  @AfterEach
  void stop() {
    server.close();
  }

  @Test
  void paginatorsGiveEveryItemOnceWhateverThePageSize() throws Exception {
    try (ScriptedNode node = ScriptedNode.online(server, Map.of("Patch Group", "group 1"))) {
      List<String> walked = server.python("paginators.py", node.id()).lines().toList();

      assertThat(walked)
          .contains(
              "describe_activations 8 8",
              "describe_instance_information 1 1",
              "describe_maintenance_window_execution_task_invocations 11 2",
              "describe_maintenance_window_execution_tasks 12 2",
              "describe_maintenance_window_executions 1 1",
              "describe_maintenance_window_targets 11 2",
              "describe_maintenance_window_tasks 12 2",
              "describe_maintenance_windows 12 2",
              "describe_maintenance_windows_for_target 12 3",
              "describe_patch_baselines 29 6",
              "describe_patch_groups 12 3",
              "list_command_invocations 22 5",
              "list_commands 22 5",
              "list_compliance_items 12 3",
              "list_compliance_summaries 1 1",
              "list_document_versions 7 4",
              "list_nodes 1 1",
              "list_resource_compliance_summaries 1 1",
              "list_resource_data_sync 3 2")
          .hasSize(32);
    }
  }

  @Test
  void theWaiterTellsSuccessFromFailureAndWaitsForWhatIsNotThereYet() throws Exception {
    try (ScriptedNode node = ScriptedNode.online(server, Map.of())) {
      assertThat(server.python("waiters.py", node.id()).lines())
          .satisfiesExactly(
              success -> assertThat(success).isEqualTo("done"),
              failure ->
                  assertThat(failure)
                      .startsWith("Waiter encountered a terminal failure state")
                      .endsWith("last Failed"),
              unknown ->
                  assertThat(unknown)
                      .startsWith("Max attempts exceeded")
                      .contains("InvocationDoesNotExist"));
    }
  }
}
