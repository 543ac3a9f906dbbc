package dev.fleetmend.server.clients;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fleetmend.server.Databases;
import dev.fleetmend.server.HttpNode;
import dev.fleetmend.server.http.TestClient;
import java.io.IOException;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Latency and throughput of ten common operations over SQLite, by one client and by eight, each
 * with a connection of its own, against a server in a process of its own on the same machine.
 * Prints what was measured and judges none of it; {@code ./fleetmend benchmark} runs it.
 */
@Tag("benchmark")
class ApiSpeedBenchmark {
  private static final int MANY = 8;
  private static final int WARM_UP = 300;
  private static final int CALLS = 800;

  @TempDir private Path folder;

  @Test
  void tenOperations() throws Exception {
    try (ServerProcess server = ServerProcess.start(folder, Databases.SQLITE.fresh(folder));
        TestClient client = server.client()) {
      String node = HttpNode.enrol(client, server.administrator()).id();
      for (Map.Entry<String, String> one : requests(server, client, node).entrySet()) {
        String target = "AmazonSSM." + one.getKey();
        measure(server, target, one.getValue(), 1, WARM_UP);
        System.out.printf(
            "BENCHMARK api %s: %s; %s%n",
            one.getKey(),
            measure(server, target, one.getValue(), 1, CALLS),
            measure(server, target, one.getValue(), MANY, CALLS));
      }
    }
  }

  private static Map<String, String> requests(ServerProcess server, TestClient client, String node)
      throws IOException, InterruptedException {
    String created =
        client
            .call(
                "AmazonSSM.CreatePatchBaseline",
                "{\"Name\":\"measured\",\"OperatingSystem\":\"DEBIAN\"}",
                server.administrator())
            .body();
    String baseline = created.replaceFirst(".*\"BaselineId\":\"([^\"]+)\".*", "$1");
    Map<String, String> requests = new LinkedHashMap<>();
    requests.put("DescribeInstanceInformation", "{}");
    requests.put("DescribePatchBaselines", "{}");
    requests.put("GetPatchBaseline", "{\"BaselineId\":\"%s\"}".formatted(baseline));
    requests.put(
        "UpdatePatchBaseline",
        "{\"BaselineId\":\"%s\",\"Description\":\"again\"}".formatted(baseline));
    requests.put("GetDocument", "{\"Name\":\"AWS-RunPatchBaseline\"}");
    requests.put("DescribeInstancePatchStates", "{\"InstanceIds\":[\"%s\"]}".formatted(node));
    requests.put(
        "AddTagsToResource",
        "{\"ResourceType\":\"ManagedInstance\",\"ResourceId\":\"%s\",\"Tags\":[{\"Key\":\"k\",\"Value\":\"v\"}]}"
            .formatted(node));
    requests.put("DescribeMaintenanceWindows", "{}");
    requests.put(
        "SendCommand",
        ("{\"DocumentName\":\"AWS-RunShellScript\",\"InstanceIds\":[\"%s\"],"
                + "\"Parameters\":{\"commands\":[\"true\"]}}")
            .formatted(node));
    requests.put("ListCommands", "{}");
    return requests;
  }

  /** So many calls, shared out among clients. */
  private static String measure(
      ServerProcess server, String target, String body, int clients, int calls) throws Exception {
    List<Callable<List<Long>>> shares = new ArrayList<>();
    for (int i = 0; i < clients; i++) {
      shares.add(() -> times(server, target, body, calls / clients));
    }
    List<Long> nanos = new ArrayList<>();
    long start = System.nanoTime();
    try (ExecutorService executor = Executors.newFixedThreadPool(clients)) {
      for (Future<List<Long>> share : executor.invokeAll(shares)) {
        nanos.addAll(share.get());
      }
    }
    double seconds = (System.nanoTime() - start) / 1e9;
    nanos.sort(null);
    return "%d client%s: median %.2f ms, p99 %.2f ms, %.0f calls/s"
        .formatted(
            clients,
            clients == 1 ? "" : "s",
            nanos.get(nanos.size() / 2) / 1e6,
            nanos.get(nanos.size() * 99 / 100) / 1e6,
            nanos.size() / seconds);
  }

  private static List<Long> times(ServerProcess server, String target, String body, int calls)
      throws IOException, InterruptedException {
    List<Long> nanos = new ArrayList<>();
    try (TestClient client = server.client()) {
      for (int i = 0; i < calls; i++) {
        long start = System.nanoTime();
        HttpResponse<String> answer = client.call(target, body, server.administrator());
        nanos.add(System.nanoTime() - start);
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
      }
    }
    return nanos;
  }
}
