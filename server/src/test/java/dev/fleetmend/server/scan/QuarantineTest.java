package dev.fleetmend.server.scan;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.fleetmend.api.ApiException;
import dev.fleetmend.patching.exchange.PatchRunSummary;
import dev.fleetmend.patching.fact.PackageVersion;
import dev.fleetmend.server.Databases;
import dev.fleetmend.server.TestServer;
import dev.fleetmend.server.operation.Caller;
import dev.fleetmend.server.operation.Role;
import dev.fleetmend.server.rollback.HeldPatch;
import dev.fleetmend.server.rollback.ListQuarantineRequest;
import dev.fleetmend.server.rollback.ListQuarantineResponse;
import dev.fleetmend.server.rollback.ReleaseQuarantineRequest;
import dev.fleetmend.server.rollback.ReleaseQuarantineResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class QuarantineTest {
  private static final String ID = "mi-00000000000000001";
  private static final String OTHER = "mi-00000000000000002";
  private static final PackageVersion NEW_SSL = new PackageVersion("ssl", "amd64", "2");
  private static final Caller ADMINISTRATOR = new Caller.Key("TESTKEY", Role.ADMIN);

  @TempDir Path folder;

  @ParameterizedTest
  @EnumSource(Databases.class)
  void whatARollbackTookOutIsHeldUntilReleased(Databases engine) {
    try (TestServer server = TestServer.start(engine, folder)) {
      DebianNode node = PatchStatesTest.node(server, ID);
      node.install("RebootIfNeeded");
      PatchRunSummary summary = node.rollback("ssl", "1");

      assertThat(summary.heldBack()).containsExactly(NEW_SSL);
      assertThat(summary.lines())
          .contains("Held back by rollback: ssl.amd64 2, leaves open CVE-2026-0002");
      assertThat(PatchStatesTest.state(server).operationAsString()).isEqualTo("Scan");
      assertThat(PatchStatesTest.state(server).missingCount()).isZero();
      assertThat(PatchStatesTest.state(server).notApplicableCount()).isEqualTo(1);
      assertThat(node.plan().install()).isEmpty();
      assertThat(node.plan().heldBack()).containsExactly(NEW_SSL);
      assertThat(node.plan().notes())
          .containsExactly("ssl.amd64 2 is held back by rollback, which leaves open CVE-2026-0002");

      HeldPatch held = list(server, false).getFirst();
      assertThat(held.scope()).isEqualTo("Node");
      assertThat(held.heldBy()).isEqualTo(ID);
      assertThat(held.cveIds()).containsExactly("CVE-2026-0002");
      assertThat(release(server, held.quarantineId()).releasedTime()).isPositive();
      assertThat(release(server, held.quarantineId()).releasedTime()).isPositive();
      server.runDue();

      assertThat(PatchStatesTest.state(server).missingCount()).isEqualTo(1);
      assertThat(node.plan().install()).containsExactly(NEW_SSL);
      assertThat(node.plan().heldBack()).isEmpty();
      assertThat(list(server, false)).isEmpty();
      assertThat(list(server, true)).hasSize(1);
    }
  }

  @ParameterizedTest
  @EnumSource(Databases.class)
  void aPatchGroupHoldsTogetherAndOthersDoNot(Databases engine) {
    try (TestServer server = TestServer.start(engine, folder)) {
      PatchStatesTest.tag(server, ID, "web");
      PatchStatesTest.tag(server, OTHER, "web");
      DebianNode node = PatchStatesTest.node(server, ID);
      DebianNode same = PatchStatesTest.node(server, OTHER);
      DebianNode stranger = PatchStatesTest.node(server, "mi-00000000000000003");
      node.install("RebootIfNeeded");
      node.rollback("ssl", "1");

      assertThat(same.plan().heldBack()).containsExactly(NEW_SSL);
      assertThat(same.plan().install()).isEmpty();
      assertThat(stranger.plan().install()).containsExactly(NEW_SSL);
      assertThat(list(server, false).getFirst().scope()).isEqualTo("PatchGroup");
    }
  }

  @ParameterizedTest
  @EnumSource(Databases.class)
  void whatIsHeldBackAndHowOldTheListsAreIsToldOfANode(Databases engine) {
    try (TestServer server = TestServer.start(engine, folder)) {
      DebianNode node = PatchStatesTest.node(server, ID);
      node.install("RebootIfNeeded");
      assertThat(doubts(server).heldBackCount()).isZero();
      assertThat(doubts(server).doubts()).isEmpty();
      node.rollback("ssl", "1");
      server.clock().advance(Duration.ofHours(25));

      assertThat(doubts(server).heldBackCount()).isEqualTo(1);
      assertThat(doubts(server).openCveCount()).isEqualTo(1);
      assertThat(doubts(server).doubts())
          .singleElement()
          .asString()
          .startsWith("The package lists are of ");
    }
  }

  private static DescribePatchDoubtsResponse.NodeDoubts doubts(TestServer server) {
    return server
        .call(
            "Fleetmend.DescribePatchDoubts",
            new DescribePatchDoubtsRequest(List.of(ID, OTHER)),
            ADMINISTRATOR,
            DescribePatchDoubtsResponse.class)
        .nodes()
        .getFirst();
  }

  @ParameterizedTest
  @EnumSource(Databases.class)
  void anUnknownReleaseIsRefused(Databases engine) {
    try (TestServer server = TestServer.start(engine, folder)) {
      assertThatThrownBy(() -> release(server, "nothing"))
          .isInstanceOf(ApiException.class)
          .hasMessageStartingWith("DoesNotExistException");
    }
  }

  private static List<HeldPatch> list(TestServer server, boolean released) {
    return server
        .call(
            "Fleetmend.ListQuarantine",
            new ListQuarantineRequest("", released, "", 0),
            ADMINISTRATOR,
            ListQuarantineResponse.class)
        .heldPatches();
  }

  private static HeldPatch release(TestServer server, String id) {
    return server
        .call(
            "Fleetmend.ReleaseQuarantine",
            new ReleaseQuarantineRequest(id),
            ADMINISTRATOR,
            ReleaseQuarantineResponse.class)
        .heldPatch();
  }
}
