package dev.fleetmend.server.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import dev.fleetmend.api.ApiException;
import dev.fleetmend.protocol.sign.Credentials;
import dev.fleetmend.server.Databases;
import dev.fleetmend.server.HttpNode;
import dev.fleetmend.server.HttpServers;
import dev.fleetmend.server.operation.Caller;
import dev.fleetmend.server.operation.Role;
import dev.fleetmend.server.quota.Quotas;
import java.io.IOException;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ThrottleTest {
  private static final Caller ONE = new Caller.Key("FMKEYONE", Role.ADMIN);
  private static final Caller OTHER = new Caller.Key("FMKEYOTHER", Role.ADMIN);
  private static final Caller NODE = new Caller.Node("mi-0123456789abcdef0");
  private final AtomicLong nanos = new AtomicLong(7);
  @TempDir private Path folder;

  private Throttle throttle(String quotas) throws IOException {
    Files.writeString(folder.resolve("quotas.properties"), quotas);
    return new Throttle(Quotas.of(folder), nanos::get, Duration.ZERO);
  }

  private static boolean admitted(Throttle throttle, String target, Caller caller) {
    try {
      return throttle.during(target, caller, () -> true);
    } catch (ApiException e) {
      assertThat(e.code()).isEqualTo("ThrottlingException");
      assertThat(e.status()).isEqualTo(400);
      return false;
    }
  }

  private static int admittedOf(int calls, Throttle throttle, String target, Caller caller) {
    return (int) IntStream.range(0, calls).filter(i -> admitted(throttle, target, caller)).count();
  }

  @Test
  void eachCallerHasARateOfItsOwnWhichComesBackWithTime() throws IOException {
    Throttle throttle = throttle("requests-per-second-per-key=10\nrequests-per-second-per-node=3");

    assertThat(admittedOf(20, throttle, "AmazonSSM.ListCommands", ONE)).isEqualTo(10);
    assertThat(admittedOf(20, throttle, "AmazonSSM.ListCommands", OTHER)).isEqualTo(10);
    assertThat(admittedOf(20, throttle, "AmazonSSM.PutInventory", NODE)).isEqualTo(3);

    nanos.addAndGet(Duration.ofMillis(200).toNanos());
    assertThat(admittedOf(20, throttle, "AmazonSSM.ListCommands", ONE)).isEqualTo(2);
    nanos.addAndGet(Duration.ofHours(1).toNanos());
    assertThat(admittedOf(20, throttle, "AmazonSSM.ListCommands", ONE)).isEqualTo(10);
  }

  @Test
  void thePublishedRateOfAnOperationIsForAllCallersTogether() throws IOException {
    Throttle throttle = throttle("connection-statuses-per-second=4");

    assertThat(admittedOf(3, throttle, "AmazonSSM.GetConnectionStatus", ONE)).isEqualTo(3);
    assertThat(admittedOf(3, throttle, "AmazonSSM.GetConnectionStatus", OTHER)).isEqualTo(1);
    assertThat(admittedOf(3, throttle, "AmazonSSM.ListCommands", OTHER)).isEqualTo(3);
  }

  @Test
  void whatOneCallerHasUnderWayIsBoundedAndOthersAreNotKeptWaiting() throws Exception {
    Throttle throttle = throttle("requests-at-once-per-key=2");
    CountDownLatch entered = new CountDownLatch(2);
    CountDownLatch end = new CountDownLatch(1);
    List<CompletableFuture<String>> held = new ArrayList<>();
    for (int i = 0; i < 2; i++) {
      held.add(
          CompletableFuture.supplyAsync(
              () -> throttle.during("AmazonSSM.SendCommand", ONE, () -> hold(entered, end)),
              Thread::startVirtualThread));
    }
    assertThat(entered.await(1, TimeUnit.MINUTES)).isTrue();

    assertThatThrownBy(() -> throttle.during("AmazonSSM.SendCommand", ONE, () -> "in"))
        .isInstanceOf(ApiException.class)
        .hasMessageEndingWith("Rate exceeded");
    assertThat(throttle.during("AmazonSSM.SendCommand", OTHER, () -> "in")).isEqualTo("in");

    end.countDown();
    for (CompletableFuture<String> one : held) {
      assertThat(one.get(1, TimeUnit.MINUTES)).isEqualTo("held");
    }
    assertThat(throttle.during("AmazonSSM.SendCommand", ONE, () -> "in")).isEqualTo("in");
  }

  private static String hold(CountDownLatch entered, CountDownLatch end) {
    entered.countDown();
    try {
      assertThat(end.await(1, TimeUnit.MINUTES)).isTrue();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new AssertionError("interrupted", e);
    }
    return "held";
  }

  @Test
  void aFleetThatPollsIsNeitherRefusedNorRemembered() throws IOException {
    Throttle throttle = throttle("");

    // Each of 100,000 nodes asks every 20 seconds, for two minutes.
    for (int round = 0; round < 6; round++) {
      for (int i = 0; i < 100_000; i++) {
        nanos.addAndGet(Duration.ofSeconds(20).toNanos() / 100_000);
        Caller node = new Caller.Node("mi-" + "%017x".formatted(i));
        assertThat(throttle.during("EC2WindowsMessageDeliveryService.GetMessages", node, () -> 1))
            .isEqualTo(1);
      }
    }
    assertThat(throttle.size()).isLessThan(200_000);
    nanos.addAndGet(Duration.ofMinutes(1).toNanos());
    throttle.during("AmazonSSM.ListCommands", ONE, () -> 1);
    assertThat(throttle.size()).isOne();
  }

  @Test
  void overHttpItIsAwssErrorAndCostsOnlyTheOneWhoAsks() throws Exception {
    Files.writeString(folder.resolve("quotas.properties"), "requests-per-second-per-key=3");
    try (HttpServers server = HttpServers.start(folder, Databases.SQLITE.fresh(folder))) {
      HttpNode node = HttpNode.enrol(server.client(), server.admin());
      Credentials greedy = HttpServers.credentials(server.server().createKey(Role.ADMIN, "greedy"));
      List<HttpResponse<String>> answers = new ArrayList<>();
      for (int i = 0; i < 40; i++) {
        answers.add(server.client().call("AmazonSSM.DescribePatchBaselines", "{}", greedy));
      }

      assertThat(answers.getFirst().statusCode()).isEqualTo(200);
      assertThat(answers)
          .filteredOn(answer -> answer.statusCode() != 200)
          .hasSizeGreaterThan(20)
          .allSatisfy(
              refused -> {
                assertThat(refused.statusCode()).isEqualTo(400);
                assertThat(refused.body()).contains("\"ThrottlingException\"", "\"Rate exceeded\"");
              });
      node.beat(server.client());
      // A few are recorded, and how many were not.
      JsonNode audit =
          server.ok("Fleetmend.ListAudit", "{\"Outcome\":\"ThrottlingException\"}").path("Events");
      assertThat(audit).isNotEmpty().hasSizeLessThanOrEqualTo(40);
      assertThat(audit)
          .allSatisfy(
              event -> assertThat(event.path("Caller").asText()).isEqualTo(greedy.accessKeyId()));
    }
  }
}
