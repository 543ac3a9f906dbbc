package dev.fleetmend.server.clients;

import dev.fleetmend.protocol.sign.Credentials;
import dev.fleetmend.server.Databases;
import dev.fleetmend.server.HttpNode;
import dev.fleetmend.server.HttpServers;
import dev.fleetmend.server.http.TestClient;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Latency and throughput of ten common operations over SQLite, by one client and by eight, each
 * with a connection of its own, against a server in a process of its own; and, where this machine
 * has it, of the same requests to moto's server, turn about. Requests are signed beforehand. Prints
 * what was measured and judges none of it; {@code ./fleetmend benchmark} runs it.
 */
@Tag("benchmark")
class ApiSpeedBenchmark {
  private static final int MANY = 8;
  private static final int ROUNDS = 3;
  private static final int WARM_UP = 2_000;
  private static final int CALLS = 1_200;

  /** Fewer, for each takes so much longer. */
  private static final int CALLS_OF_EMULATOR = 120;

  @TempDir private Path folder;

  @Test
  void tenOperations() throws Exception {
    Path data = folder.resolve("data");
    HttpServers.withoutRates(data);
    Files.writeString(
        data.resolve("quotas.properties"), "patch-baselines=1000000\n", StandardOpenOption.APPEND);
    try (ServerProcess server = ServerProcess.start(folder, Databases.SQLITE.fresh(folder));
        TestClient client = server.client()) {
      String node = HttpNode.enrol(client, server.administrator()).id();
      ApiScript ours = ApiScript.prepare(server.port(), server.administrator(), node);
      Optional<Emulator> emulator = Emulator.start(folder);
      if (emulator.isEmpty()) {
        System.out.println("BENCHMARK api: no moto_server on this machine; it is left out");
        measure(ours, null, "");
      } else {
        try (Emulator other = emulator.get()) {
          Credentials any = new Credentials("any", "any", null);
          measure(ours, ApiScript.prepare(other.port(), any, node), other.version());
        }
      }
    }
  }

  private static void measure(ApiScript ours, @Nullable ApiScript theirs, String version)
      throws Exception {
    List<Double> alone = new ArrayList<>();
    List<Double> together = new ArrayList<>();
    for (String operation : ours.operations()) {
      Sample.of(ours, operation, MANY, WARM_UP);
      for (int clients : List.of(1, MANY)) {
        Sample our = Sample.NONE;
        Sample their = Sample.NONE;
        for (int round = 0; round < ROUNDS; round++) {
          our = our.and(Sample.of(ours, operation, clients, CALLS));
          if (theirs != null) {
            their = their.and(Sample.of(theirs, operation, clients, CALLS_OF_EMULATOR));
          }
        }
        System.out.printf("BENCHMARK api %s, %d clients: %s%n", operation, clients, our);
        if (theirs != null) {
          double ratio = our.aSecond() / their.aSecond();
          (clients == 1 ? alone : together).add(ratio);
          System.out.printf(
              "BENCHMARK api %s, %d clients: %s %s; %.1f times its throughput%n",
              operation, clients, version, their, ratio);
        }
      }
    }
    if (theirs != null) {
      System.out.printf(
          "BENCHMARK api: times the throughput of %s, geometric mean of the ten: one client %.1f,"
              + " %d clients %.1f%n",
          version, mean(alone), MANY, mean(together));
    }
  }

  private static double mean(List<Double> ratios) {
    return Math.exp(ratios.stream().mapToDouble(Math::log).average().orElse(Double.NaN));
  }
}
