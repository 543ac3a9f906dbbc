package dev.fleetmend.server.clients;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.fleetmend.server.Databases;
import dev.fleetmend.server.clients.ScriptedNode.Moment;
import dev.fleetmend.server.http.TestClient;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A server that is killed again and again while a window runs. */
@Tag("slow")
class KilledInWindowTest {
  private static final int TASKS = 4;

  @TempDir private Path folder;
  private final ObjectMapper json = new ObjectMapper();

  /** Both engines at once: most of the time is the wait for work that a killed server had begun. */
  @Test
  void theWindowGoesOnNothingIsSentTwiceAndNothingIsLost() throws Exception {
    List<Callable<Void>> engines = new ArrayList<>();
    for (Databases engine : Databases.values()) {
      engines.add(
          () -> {
            killIn(engine, Files.createDirectory(folder.resolve(engine.name())));
            return null;
          });
    }
    try (ExecutorService both = Executors.newVirtualThreadPerTaskExecutor()) {
      for (Future<Void> end : both.invokeAll(engines)) {
        end.get();
      }
    }
  }

  private void killIn(Databases engine, Path folder) throws Exception {
    Map<Integer, Moment> kills =
        new ConcurrentHashMap<>(Map.of(1, Moment.TAKEN, 2, Moment.ACKNOWLEDGED, 3, Moment.REPLIED));
    try (ServerProcess server = ServerProcess.start(folder, engine.fresh(folder));
        TestClient client = server.client();
        ScriptedNode node =
            ScriptedNode.online(
                server.client(),
                server.administrator(),
                Map.of(),
                (moment, command) -> {
                  if (kills.remove(command, moment)) {
                    server.killAndRestart();
                  }
                })) {
      String window = window(server, client, node);

      await("the end of the window")
          .atMost(Duration.ofMinutes(3))
          .pollInterval(Duration.ofMillis(500))
          .ignoreExceptions()
          .until(() -> executions(server, client, window).at("/0/EndTime").isNumber());

      assertThat(kills).isEmpty();
      assertThat(executions(server, client, window)).hasSize(1);
      assertThat(executions(server, client, window).at("/0/Status").textValue())
          .isEqualTo("SUCCESS");
      JsonNode commands = call(server, client, "ListCommands", "{}").path("Commands");
      assertThat(commands).hasSize(TASKS);
      assertThat(commands)
          .allSatisfy(command -> assertThat(command.at("/Status").textValue()).isEqualTo("Success"))
          .allSatisfy(command -> assertThat(command.at("/CompletedCount").intValue()).isOne());
      assertThat(node.taken()).hasSize(TASKS);
    }
  }

  private String window(ServerProcess server, TestClient client, ScriptedNode node)
      throws Exception {
    String window =
        call(
                server,
                client,
                "CreateMaintenanceWindow",
                """
                {"Name": "once", "Schedule": "at(%s)", "Duration": 2, "Cutoff": 1,
                 "AllowUnassociatedTargets": true}
                """
                    .formatted(ScriptedNode.inSeconds(8)))
            .at("/WindowId")
            .asText();
    for (int priority = 0; priority < TASKS; priority++) {
      call(
          server,
          client,
          "RegisterTaskWithMaintenanceWindow",
          """
          {"WindowId": "%s", "TaskType": "RUN_COMMAND", "TaskArn": "AWS-RunShellScript",
           "Priority": %d, "MaxConcurrency": "1", "MaxErrors": "0",
           "Targets": [{"Key": "InstanceIds", "Values": ["%s"]}],
           "TaskInvocationParameters": {"RunCommand": {"Parameters": {"commands": ["true"]}}}}
          """
              .formatted(window, priority, node.id()));
    }
    return window;
  }

  private JsonNode executions(ServerProcess server, TestClient client, String window)
      throws Exception {
    return call(
            server,
            client,
            "DescribeMaintenanceWindowExecutions",
            json.createObjectNode().put("WindowId", window).toString())
        .path("WindowExecutions");
  }

  private JsonNode call(ServerProcess server, TestClient client, String operation, String body)
      throws Exception {
    HttpResponse<String> answer =
        client.call("AmazonSSM." + operation, body, server.administrator());
    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
    return json.readTree(answer.body().getBytes(UTF_8));
  }
}
