package dev.fleetmend.server.rollback;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.fleetmend.patching.exchange.TransactionState;
import dev.fleetmend.patching.exchange.TransactionState.PackageState;
import dev.fleetmend.patching.exchange.TransactionsAccepted;
import dev.fleetmend.patching.exchange.TransactionsReport;
import dev.fleetmend.server.Databases;
import dev.fleetmend.server.TestServer;
import dev.fleetmend.server.node.TestHost;
import dev.fleetmend.server.operation.Caller;
import dev.fleetmend.server.operation.Role;
import dev.fleetmend.server.rollback.ListTransactionsResponse.NodeTransactions;
import java.nio.file.Path;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import software.amazon.awssdk.services.ssm.model.DeregisterManagedInstanceRequest;
import software.amazon.awssdk.services.ssm.model.DeregisterManagedInstanceResponse;

class TransactionsTest {
  @TempDir private Path folder;

  @ParameterizedTest
  @EnumSource(Databases.class)
  void whatANodeSaidLastIsListedUntilItGoes(Databases engine) {
    try (TestServer server = TestServer.start(engine, folder)) {
      TestHost first = TestHost.enrol(server, "web01");
      TestHost second = TestHost.enrol(server, "web02");
      report(server, first, one("t1", true));
      report(server, first, one("t1", false), one("t2", true));
      report(server, second, one("t3", true));

      ListTransactionsResponse page = list(server, "", "", 1);
      ListTransactionsResponse rest = list(server, "", String.valueOf(page.nextToken()), 1);
      assertThat(page.nodes()).hasSize(1);
      assertThat(rest.nextToken()).isNull();
      assertThat(List.of(page.nodes().getFirst(), rest.nodes().getFirst()))
          .extracting(NodeTransactions::instanceId)
          .containsExactlyInAnyOrder(first.id(), second.id());
      assertThat(list(server, first.id(), "", 0).nodes())
          .singleElement()
          .satisfies(
              node -> {
                assertThat(node.transactions())
                    .extracting(TransactionState::transactionId)
                    .containsExactly("t1", "t2");
                assertThat(node.transactions().getFirst().packages().getFirst().whyNot())
                    .isEqualTo("forgotten");
              });

      server.call(
          DeregisterManagedInstanceRequest.builder().instanceId(first.id()).build(),
          DeregisterManagedInstanceResponse.class);
      assertThat(list(server, "", "", 0).nodes())
          .extracting(NodeTransactions::instanceId)
          .containsExactly(second.id());
      assertThatThrownBy(() -> list(server, first.id(), "", 0))
          .hasMessageContaining("InvalidInstanceId");
    }
  }

  @ParameterizedTest
  @EnumSource(Databases.class)
  void tooMuchIsRefused(Databases engine) {
    try (TestServer server = TestServer.start(engine, folder)) {
      TestHost host = TestHost.enrol(server, "web01");
      TransactionState[] many =
          Collections.nCopies(51, one("t", true)).toArray(TransactionState[]::new);
      assertThatThrownBy(() -> report(server, host, many))
          .hasMessageContaining("too many transactions");
    }
  }

  private static TransactionState one(String id, boolean can) {
    return new TransactionState(
        id,
        "Install",
        "c",
        "",
        1,
        2,
        "",
        List.of(new PackageState("ssl", "amd64", "1", "2", "DONE", can, can ? "" : "forgotten")));
  }

  private static void report(TestServer server, TestHost host, TransactionState... all) {
    server.call(
        "Fleetmend.ReportTransactions",
        new TransactionsReport(host.id(), List.of(all)),
        host.caller(),
        TransactionsAccepted.class);
  }

  private static ListTransactionsResponse list(
      TestServer server, String instanceId, String token, int most) {
    return server.call(
        "Fleetmend.ListTransactions",
        new ListTransactionsRequest(instanceId, token, most),
        new Caller.Key("TESTKEY", Role.ADMIN),
        ListTransactionsResponse.class);
  }
}
