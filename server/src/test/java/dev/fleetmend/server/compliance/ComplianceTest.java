package dev.fleetmend.server.compliance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.fleetmend.server.Databases;
import dev.fleetmend.server.TestServer;
import dev.fleetmend.server.node.TestHost;
import dev.fleetmend.server.operation.Caller;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import software.amazon.awssdk.services.ssm.model.ComplianceItem;
import software.amazon.awssdk.services.ssm.model.ComplianceItemEntry;
import software.amazon.awssdk.services.ssm.model.ComplianceStringFilter;
import software.amazon.awssdk.services.ssm.model.ComplianceSummaryItem;
import software.amazon.awssdk.services.ssm.model.DeregisterManagedInstanceRequest;
import software.amazon.awssdk.services.ssm.model.DeregisterManagedInstanceResponse;
import software.amazon.awssdk.services.ssm.model.ListComplianceItemsRequest;
import software.amazon.awssdk.services.ssm.model.ListComplianceItemsResponse;
import software.amazon.awssdk.services.ssm.model.ListComplianceSummariesRequest;
import software.amazon.awssdk.services.ssm.model.ListComplianceSummariesResponse;
import software.amazon.awssdk.services.ssm.model.ListResourceComplianceSummariesRequest;
import software.amazon.awssdk.services.ssm.model.ListResourceComplianceSummariesResponse;
import software.amazon.awssdk.services.ssm.model.PutComplianceItemsRequest;
import software.amazon.awssdk.services.ssm.model.PutComplianceItemsResponse;
import software.amazon.awssdk.services.ssm.model.ResourceComplianceSummaryItem;

class ComplianceTest {
  private static final Instant RUN = Instant.parse("2026-11-02T09:00:00Z");
  @TempDir private Path folder;

  @ParameterizedTest
  @EnumSource(Databases.class)
  void itemsAreKeptAndCountedByTypeAndSeverity(Databases engine) {
    try (TestServer server = TestServer.start(engine, folder)) {
      TestHost host = TestHost.enrol(server, "web");
      put(
          server,
          custom(host, "Custom:AVCheck")
              .items(
                  item("scanner", "CRITICAL", "COMPLIANT"),
                  item("signatures", "HIGH", "NON_COMPLIANT"),
                  item("engine", "LOW", "NON_COMPLIANT"))
              .build(),
          host.caller());

      List<ComplianceItem> items = items(server, host.id());
      assertThat(items)
          .extracting(ComplianceItem::id)
          .containsExactly("engine", "scanner", "signatures");
      assertThat(items.getFirst().details()).containsEntry("Owner", "security");
      assertThat(items.getFirst().executionSummary().executionTime()).isEqualTo(RUN);
      ResourceComplianceSummaryItem summary = resources(server).getFirst();
      assertThat(summary.complianceType()).isEqualTo("Custom:AVCheck");
      assertThat(summary.statusAsString()).isEqualTo("NON_COMPLIANT");
      assertThat(summary.overallSeverityAsString()).isEqualTo("HIGH");
      assertThat(summary.compliantSummary().severitySummary().criticalCount()).isEqualTo(1);
      assertThat(summary.nonCompliantSummary().nonCompliantCount()).isEqualTo(2);
      assertThat(summary.nonCompliantSummary().severitySummary().lowCount()).isEqualTo(1);
    }
  }

  @ParameterizedTest
  @EnumSource(Databases.class)
  void anUploadReplacesTheTypeUnlessItsHashIsKnown(Databases engine) {
    try (TestServer server = TestServer.start(engine, folder)) {
      TestHost host = TestHost.enrol(server, "web");
      put(server, custom(host, "Custom:A").itemContentHash("h1").items(bad("one")).build());
      put(server, custom(host, "Custom:A").itemContentHash("h1").items(bad("two")).build());
      assertThat(ids(server, host)).containsExactly("one");
      put(server, custom(host, "Custom:A").itemContentHash("h1").items(List.of()).build());
      assertThat(ids(server, host)).containsExactly("one");

      assertThatThrownBy(
              () ->
                  put(
                      server,
                      custom(host, "Custom:A").itemContentHash("h2").items(List.of()).build()))
          .hasMessageStartingWith("InvalidItemContentException");
      assertThat(ids(server, host)).containsExactly("one");
      put(server, custom(host, "Custom:A").itemContentHash("h2").items(bad("three")).build());
      assertThat(ids(server, host)).containsExactly("three");
      put(server, custom(host, "Custom:A").items(List.of()).build());
      assertThat(resources(server)).isEmpty();
    }
  }

  @ParameterizedTest
  @EnumSource(Databases.class)
  void associationsAreMergedByPartialUploadsAndNeverGoBackInTime(Databases engine) {
    try (TestServer server = TestServer.start(engine, folder)) {
      TestHost host = TestHost.enrol(server, "web");
      put(server, association(host, RUN).items(bad("a"), bad("b")).build(), host.caller());
      put(
          server,
          association(host, RUN.plusSeconds(1))
              .uploadType("PARTIAL")
              .items(item("b", "UNSPECIFIED", "COMPLIANT"))
              .build());
      assertThat(items(server, host.id()))
          .extracting(i -> i.id() + " " + i.statusAsString())
          .containsExactly("a NON_COMPLIANT", "b COMPLIANT");

      put(server, association(host, RUN.minusSeconds(60)).items(bad("old")).build());
      assertThat(ids(server, host)).containsExactly("a", "b");
      assertThatThrownBy(
              () ->
                  put(
                      server,
                      custom(host, "Custom:A").uploadType("PARTIAL").items(bad("x")).build()))
          .hasMessageStartingWith("ValidationException");
    }
  }

  @ParameterizedTest
  @EnumSource(Databases.class)
  void whatIsTooMuchOrNotOursIsRefusedAndChangesNothing(Databases engine) {
    try (TestServer server = TestServer.start(engine, folder)) {
      TestHost host = TestHost.enrol(server, "web");
      TestHost other = TestHost.enrol(server, "db");
      for (int type = 0; type < 10; type++) {
        put(server, custom(host, "Custom:Type" + type).items(bad("x")).build());
      }
      refused(
          server,
          custom(host, "Custom:Eleven").items(bad("x")).build(),
          "ComplianceTypeCountLimitExceededException");
      refused(
          server, custom(other, "Patch").items(bad("x")).build(), "InvalidItemContentException");
      refused(server, custom(other, "Nonsense").items(bad("x")).build(), "ValidationException");
      refused(
          server,
          custom(other, "Custom:A").items(bad("x"), bad("x")).build(),
          "InvalidItemContentException");
      refused(
          server,
          custom(other, "Custom:A").resourceType("Robot").items(bad("x")).build(),
          "InvalidResourceType");
      refused(
          server,
          custom(other, "Custom:A").resourceId("mi-0123456789abcdef0").items(bad("x")).build(),
          "InvalidResourceId");
      refused(
          server,
          custom(other, "Custom:A").resourceId("\0").items(bad("x")).build(),
          "InvalidResourceId");
      refused(
          server,
          custom(other, "Custom:A").items(large(60)).build(),
          "ItemSizeLimitExceededException");
      List<ComplianceItemEntry> many = new ArrayList<>();
      IntStream.range(0, 60).forEach(i -> many.add(large(30).toBuilder().id("i" + i).build()));
      refused(
          server, custom(other, "Custom:A").items(many).build(), "TotalSizeLimitExceededException");
      assertThatThrownBy(
              () -> put(server, custom(other, "Custom:A").items(bad("x")).build(), host.caller()))
          .hasMessageStartingWith("AccessDeniedException");
      assertThat(items(server, other.id())).isEmpty();
      assertThat(resources(server)).hasSize(10);
    }
  }

  @ParameterizedTest
  @EnumSource(Databases.class)
  void listsAreFilteredAndPaged(Databases engine) {
    try (TestServer server = TestServer.start(engine, folder)) {
      TestHost web = TestHost.enrol(server, "web");
      TestHost db = TestHost.enrol(server, "db");
      for (TestHost host : List.of(web, db)) {
        put(
            server,
            custom(host, "Custom:A")
                .items(
                    IntStream.range(10, 40)
                        .mapToObj(
                            i ->
                                item(
                                    "i" + i,
                                    "LOW",
                                    host.equals(web) ? "COMPLIANT" : "NON_COMPLIANT"))
                        .toList())
                .build());
        put(
            server,
            association(host, RUN.plusSeconds(9)).items(item("x", "HIGH", "COMPLIANT")).build());
      }

      assertThat(items(server, web.id(), filter("Id", null, "i17", "i18"))).hasSize(2);
      assertThat(items(server, web.id(), filter("Id", "BEGIN_WITH", "i1"))).hasSize(10);
      assertThat(items(server, web.id(), filter("Status", "NOT_EQUAL", "COMPLIANT"))).isEmpty();
      assertThat(
              items(
                  server,
                  web.id(),
                  filter("ExecutionTime", "GREATER_THAN", "2026-11-02T09:00:05Z")))
          .extracting(ComplianceItem::id)
          .containsExactly("x");
      assertThatThrownBy(() -> items(server, web.id(), filter("Colour", null, "red")))
          .hasMessageStartingWith("InvalidFilter");

      List<String> seen = new ArrayList<>();
      ListComplianceItemsRequest.Builder all = ListComplianceItemsRequest.builder().maxResults(25);
      ListComplianceItemsResponse page;
      do {
        page = server.call(all.build(), ListComplianceItemsResponse.class);
        page.complianceItems().forEach(i -> seen.add(i.resourceId() + i.complianceType() + i.id()));
        all.nextToken(page.nextToken());
      } while (page.nextToken() != null);
      assertThat(seen).hasSize(62).doesNotHaveDuplicates().isSorted();

      List<ResourceComplianceSummaryItem> found = new ArrayList<>();
      ListResourceComplianceSummariesRequest.Builder two =
          ListResourceComplianceSummariesRequest.builder().maxResults(3);
      ListResourceComplianceSummariesResponse some;
      do {
        some = server.call(two.build(), ListResourceComplianceSummariesResponse.class);
        found.addAll(some.resourceComplianceSummaryItems());
        two.nextToken(some.nextToken());
      } while (some.nextToken() != null);
      assertThat(found).hasSize(4).doesNotHaveDuplicates();

      Map<String, ComplianceSummaryItem> types = types(server);
      assertThat(types).containsOnlyKeys("Association", "Custom:A");
      ComplianceSummaryItem custom = Objects.requireNonNull(types.get("Custom:A"));
      assertThat(custom.compliantSummary().compliantCount()).isEqualTo(1);
      assertThat(custom.compliantSummary().severitySummary().unspecifiedCount()).isEqualTo(1);
      assertThat(custom.nonCompliantSummary().severitySummary().lowCount()).isEqualTo(1);

      server.call(
          DeregisterManagedInstanceRequest.builder().instanceId(db.id()).build(),
          DeregisterManagedInstanceResponse.class);
      assertThat(resources(server)).hasSize(2);
    }
  }

  private static PutComplianceItemsRequest.Builder custom(TestHost host, String type) {
    return PutComplianceItemsRequest.builder()
        .resourceId(host.id())
        .resourceType("ManagedInstance")
        .complianceType(type)
        .executionSummary(e -> e.executionTime(RUN).executionType("Command\0").executionId("c"));
  }

  private static PutComplianceItemsRequest.Builder association(TestHost host, Instant at) {
    return custom(host, "Association").executionSummary(e -> e.executionTime(at));
  }

  private static ComplianceItemEntry item(String id, String severity, String status) {
    return ComplianceItemEntry.builder()
        .id(id)
        .severity(severity)
        .status(status)
        .details(Map.of("Owner", "security"))
        .build();
  }

  private static ComplianceItemEntry bad(String id) {
    return item(id, "MEDIUM", "NON_COMPLIANT");
  }

  private static ComplianceItemEntry large(int attributes) {
    Map<String, String> details = new java.util.HashMap<>();
    IntStream.range(0, attributes).forEach(i -> details.put("k" + i, "v".repeat(4096)));
    return bad("large").toBuilder().details(details).build();
  }

  private static void put(TestServer server, PutComplianceItemsRequest request) {
    server.call(request, PutComplianceItemsResponse.class);
  }

  private static void put(TestServer server, PutComplianceItemsRequest request, Caller caller) {
    server.call("AmazonSSM.PutComplianceItems", request, caller, PutComplianceItemsResponse.class);
  }

  private static void refused(TestServer server, PutComplianceItemsRequest request, String code) {
    assertThatThrownBy(() -> put(server, request)).hasMessageStartingWith(code);
  }

  private static ComplianceStringFilter filter(
      String key, @Nullable String type, String... values) {
    return ComplianceStringFilter.builder().key(key).type(type).values(values).build();
  }

  private static List<String> ids(TestServer server, TestHost host) {
    return items(server, host.id()).stream().map(ComplianceItem::id).toList();
  }

  private static List<ComplianceItem> items(
      TestServer server, String id, ComplianceStringFilter... filters) {
    return server
        .call(
            ListComplianceItemsRequest.builder()
                .resourceIds(id)
                .resourceTypes("ManagedInstance")
                .filters(filters)
                .build(),
            ListComplianceItemsResponse.class)
        .complianceItems();
  }

  private static List<ResourceComplianceSummaryItem> resources(TestServer server) {
    return server
        .call(
            ListResourceComplianceSummariesRequest.builder().build(),
            ListResourceComplianceSummariesResponse.class)
        .resourceComplianceSummaryItems();
  }

  private static Map<String, ComplianceSummaryItem> types(TestServer server) {
    Map<String, ComplianceSummaryItem> types = new java.util.TreeMap<>();
    server
        .call(
            ListComplianceSummariesRequest.builder().build(), ListComplianceSummariesResponse.class)
        .complianceSummaryItems()
        .forEach(type -> types.put(type.complianceType(), type));
    return types;
  }
}
