package dev.fleetmend.server.http;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.fleetmend.api.Operation;
import dev.fleetmend.api.OperationTable;
import dev.fleetmend.server.Databases;
import dev.fleetmend.server.HttpServers;
import dev.fleetmend.server.TestServer;
import dev.fleetmend.server.audit.Origin;
import dev.fleetmend.server.operation.Caller;
import dev.fleetmend.server.operation.Role;
import java.io.IOException;
import java.lang.reflect.InvocationTargetException;
import java.nio.file.Path;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import software.amazon.awssdk.core.SdkPojo;

/** Nothing that a client sends is a failure of ours, and nothing hangs. */
class RobustnessTest {
  private static final Caller ADMINISTRATOR = new Caller.Key("TESTKEY", Role.ADMIN);
  private static final Caller NODE = new Caller.Node("mi-0a1b2c3d4e5f60718");
  private static final int ROUNDS = 12;
  private static final List<String> HOSTILE =
      List.of(
          "",
          "{}",
          "[]",
          "null",
          "{\"",
          "\u0000",
          "{\"a\":" + "[".repeat(50_000),
          "{\"Name\":{\"Name\":[1e999999999]},\"InstanceIds\":\"x\",\"Filters\":[null]}",
          "{\"InstanceIds\":[null],\"Targets\":[null],\"Filters\":[{}],\"MaxResults\":-1}",
          "{\"NextToken\":\"!\",\"ResourceType\":\"PatchBaseline\",\"ResourceId\":\"\\u0000\"}");

  private @TempDir Path folder;
  private TestServer server;
  private Dispatcher dispatcher;

  @BeforeEach
  void start() throws IOException {
    HttpServers.withoutRates(folder);
    server = TestServer.start(Databases.SQLITE, folder);
    dispatcher =
        new Dispatcher(
            server.core().operations(),
            server.core().audit(),
            server.core().quotas(),
            "us-east-1",
            "000000000000");
  }

  @AfterEach
  void stop() {
    server.close();
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12})
  void everyOperationOfTheModelAnswersRandomRequests(long seed) throws Exception {
    RandomRequests requests = new RandomRequests(seed);
    for (Operation operation : new OperationTable().all()) {
      for (int round = 0; round < ROUNDS; round++) {
        String body = requests.of(builder(operation)).toString();
        Caller caller = round % 4 == 0 ? NODE : ADMINISTRATOR;
        answered("AmazonSSM." + operation.name(), caller, body, seed);
      }
    }
  }

  @Test
  void everyOperationAnswersHostileRequests() throws Exception {
    for (Operation operation : new OperationTable().all()) {
      for (String body : HOSTILE) {
        answered("AmazonSSM." + operation.name(), ADMINISTRATOR, body, 0);
      }
    }
    for (String target : server.core().operations().all().keySet()) {
      if (!target.endsWith(".GetMessages")) {
        for (String body : HOSTILE) {
          answered(target, NODE, body, 0);
          answered(target, new Caller.Anonymous(), body, 0);
        }
      }
    }
  }

  private void answered(String target, Caller caller, String body, long seed)
      throws InterruptedException, ExecutionException, TimeoutException {
    Answer answer =
        dispatcher
            .dispatch(
                target,
                caller,
                body.getBytes(UTF_8),
                new Origin(UUID.randomUUID().toString(), "192.0.2.1"))
            .toCompletableFuture()
            .get(30, TimeUnit.SECONDS);
    assertThat(answer.status())
        .as("%s with %s (seed %d): %s", target, body, seed, UTF_8.decode(answer.body().slice()))
        .isLessThan(500);
  }

  private static SdkPojo builder(Operation operation)
      throws NoSuchMethodException, IllegalAccessException, InvocationTargetException {
    return (SdkPojo) operation.request().getMethod("builder").invoke(null);
  }
}
