package dev.fleetmend.server.inventory;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.fleetmend.server.Databases;
import dev.fleetmend.server.TestServer;
import dev.fleetmend.server.node.TestHost;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.IntStream;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import software.amazon.awssdk.services.ssm.model.DeleteInventoryRequest;
import software.amazon.awssdk.services.ssm.model.DeleteInventoryResponse;
import software.amazon.awssdk.services.ssm.model.DescribeInventoryDeletionsRequest;
import software.amazon.awssdk.services.ssm.model.DescribeInventoryDeletionsResponse;
import software.amazon.awssdk.services.ssm.model.GetInventoryRequest;
import software.amazon.awssdk.services.ssm.model.GetInventoryResponse;
import software.amazon.awssdk.services.ssm.model.GetInventorySchemaRequest;
import software.amazon.awssdk.services.ssm.model.GetInventorySchemaResponse;
import software.amazon.awssdk.services.ssm.model.InventoryAggregator;
import software.amazon.awssdk.services.ssm.model.InventoryFilter;
import software.amazon.awssdk.services.ssm.model.InventoryGroup;
import software.amazon.awssdk.services.ssm.model.InventoryItem;
import software.amazon.awssdk.services.ssm.model.InventoryItemAttribute;
import software.amazon.awssdk.services.ssm.model.InventoryItemSchema;
import software.amazon.awssdk.services.ssm.model.InventoryResultEntity;
import software.amazon.awssdk.services.ssm.model.InventoryResultItem;
import software.amazon.awssdk.services.ssm.model.ListInventoryEntriesRequest;
import software.amazon.awssdk.services.ssm.model.ListInventoryEntriesResponse;
import software.amazon.awssdk.services.ssm.model.PutInventoryRequest;
import software.amazon.awssdk.services.ssm.model.PutInventoryResponse;
import software.amazon.awssdk.services.ssm.model.ResultAttribute;

class InventoryTest {
  private static final String APPLICATION = "AWS:Application";
  private static final String RACK = "Custom:RackInfo";
  @TempDir private Path folder;

  @ParameterizedTest
  @EnumSource(Databases.class)
  void contentIsSentOnceAndThenByHash(Databases engine) {
    try (TestServer server = TestServer.start(engine, folder)) {
      TestHost host = TestHost.online(server, "web", Map.of());
      InventoryItem hashOnly = item(APPLICATION).schemaVersion("1.0").contentHash("h1").build();
      assertThatThrownBy(() -> put(host, hashOnly))
          .hasMessageStartingWith("ItemContentMismatchException");

      put(host, item(APPLICATION).contentHash("h1").content(List.of(app("ssl", "1"))).build());
      put(host, hashOnly.toBuilder().captureTime("2026-11-03T00:00:00Z").build());

      ListInventoryEntriesResponse entries = entries(host, APPLICATION);
      assertThat(entries.entries()).containsExactly(app("ssl", "1"));
      assertThat(entries.captureTime()).isEqualTo("2026-11-03T00:00:00Z");
      assertThat(entries.schemaVersion()).isEqualTo("1.1");
      assertThatThrownBy(() -> put(host, hashOnly.toBuilder().contentHash("h2").build()))
          .hasMessageStartingWith("ItemContentMismatchException");
      put(host, item(APPLICATION).contentHash("h2").content(List.of(app("ssl", "2"))).build());
      assertThat(entries(host, APPLICATION).entries()).containsExactly(app("ssl", "2"));
    }
  }

  @ParameterizedTest
  @EnumSource(Databases.class)
  void whatANodeMayNotSendIsRefusedAndChangesNothing(Databases engine) {
    try (TestServer server = TestServer.start(engine, folder)) {
      TestHost host = TestHost.online(server, "web", Map.of());
      TestHost other = TestHost.online(server, "db", Map.of());
      Map<String, String> rack = Map.of("Rack", "A");
      for (String type :
          List.of(
              "AWS:InstanceInformation",
              "AWS:PatchCompliance",
              "AWS:Nonsense",
              "Custom:a/b",
              "Custom:../x")) {
        assertThatThrownBy(() -> put(host, item(type).content(List.of(rack)).build()))
            .hasMessageStartingWith("InvalidTypeNameException");
      }
      assertThatThrownBy(() -> put(host, item(RACK).build()))
          .hasMessageStartingWith("InvalidItemContentException");
      assertThatThrownBy(
              () ->
                  put(
                      host,
                      item(RACK).content(List.of(rack)).build(),
                      item(RACK).content(List.of(rack)).build()))
          .hasMessageStartingWith("InvalidItemContentException");
      assertThatThrownBy(() -> put(host, item(RACK).content(List.of(rack)).context(rack).build()))
          .hasMessageStartingWith("UnsupportedInventoryItemContextException");
      Map<String, String> large = Map.of("Rack", "x".repeat(1 << 20));
      assertThatThrownBy(() -> put(host, item(RACK).content(List.of(large)).build()))
          .hasMessageStartingWith("TotalSizeLimitExceededException");
      assertThatThrownBy(
              () ->
                  server.call(
                      "AmazonSSM.PutInventory",
                      request(other, item(RACK).content(List.of(rack)).build()),
                      host.caller(),
                      PutInventoryResponse.class))
          .hasMessageStartingWith("AccessDeniedException");
      for (int type = 0; type < 20; type++) {
        put(host, item("Custom:T" + type).content(List.of(rack)).build());
      }
      assertThatThrownBy(() -> put(other, item(RACK).content(List.of(rack)).build()))
          .hasMessageStartingWith("CustomSchemaCountLimitExceededException");
      assertThatThrownBy(() -> entries(other, RACK))
          .hasMessageStartingWith("InvalidTypeNameException");
    }
  }

  @ParameterizedTest
  @EnumSource(Databases.class)
  void aNodesInventoryHasALimit(Databases engine) {
    try (TestServer server = TestServer.start(engine, folder)) {
      TestHost host = TestHost.online(server, "web", Map.of());
      for (int type = 0; type < 5; type++) {
        put(
            host,
            item("Custom:T" + type)
                .content(List.of(Map.of("Rack", "x".repeat(1_000_000))))
                .build());
      }
      assertThatThrownBy(
              () ->
                  put(
                      host,
                      item("Custom:T6")
                          .content(List.of(Map.of("Rack", "x".repeat(1_000_000))))
                          .build()))
          .hasMessageStartingWith("TotalSizeLimitExceededException");
      put(host, item("Custom:T4").content(List.of(Map.of("Rack", "small"))).build());
    }
  }

  @ParameterizedTest
  @EnumSource(Databases.class)
  void nodesAreFoundByWhatTheyHave(Databases engine) {
    try (TestServer server = TestServer.start(engine, folder)) {
      TestHost web = TestHost.online(server, "web", Map.of("Stage", "live"));
      TestHost db = TestHost.online(server, "db", Map.of());
      put(
          web,
          item(APPLICATION).content(List.of(app("nginx", "1.22"), app("ssl", "3.0.9"))).build());
      put(db, item(APPLICATION).content(List.of(app("ssl", "3.0.11"))).build());
      TestHost bare = TestHost.online(server, "bare", Map.of());

      assertThat(found(server)).containsExactlyInAnyOrder(web.id(), db.id(), bare.id());
      assertThat(found(server, filter("AWS:Application.Name", "Equal", "nginx", "x")))
          .containsExactly(web.id());
      assertThat(
              found(
                  server,
                  filter("AWS:Application.Name", "Equal", "nginx"),
                  filter("AWS:Application.Version", "BeginWith", "3")))
          .isEmpty();
      assertThat(found(server, filter("AWS:Application.Name", "NotEqual", "nginx")))
          .containsExactlyInAnyOrder(db.id(), bare.id());
      assertThat(found(server, filter("AWS:Application", "Exists", "false")))
          .containsExactly(bare.id());
      assertThat(found(server, filter("AWS:Application.Publisher", "Exists", "true"))).isEmpty();
      assertThat(found(server, filter("AWS:Tag.Value", "Equal", "live"))).containsExactly(web.id());
      assertThat(
              found(
                  server,
                  filter("AWS:InstanceInformation.InstanceStatus", "NotEqual", "Terminated"),
                  filter("AWS:InstanceInformation.ComputerName", "Equal", "db")))
          .containsExactly(db.id());
      for (InventoryFilter wrong :
          List.of(
              filter("Name", "Equal", "x"),
              filter("AWS:Application", "Equal", "x"),
              filter("AWS:Application\0.x", "Equal", "x"),
              filter("AWS:Application", "Exists", "maybe"))) {
        assertThatThrownBy(() -> found(server, wrong)).hasMessageStartingWith("InvalidFilter");
      }

      GetInventoryRequest.Builder pages =
          GetInventoryRequest.builder()
              .maxResults(2)
              .resultAttributes(ResultAttribute.builder().typeName(APPLICATION).build());
      GetInventoryResponse first = server.call(pages.build(), GetInventoryResponse.class);
      GetInventoryResponse rest =
          server.call(pages.nextToken(first.nextToken()).build(), GetInventoryResponse.class);
      List<InventoryResultEntity> all = new ArrayList<>(first.entities());
      all.addAll(rest.entities());
      assertThat(first.entities()).hasSize(2);
      assertThat(rest.nextToken()).isNull();
      assertThat(all).extracting(InventoryResultEntity::id).doesNotHaveDuplicates().hasSize(3);
      assertThat(all)
          .filteredOn(entity -> entity.id().equals(bare.id()))
          .allMatch(entity -> entity.data().isEmpty());
    }
  }

  @ParameterizedTest
  @EnumSource(Databases.class)
  void nodesAreCountedByAttributesAndGroups(Databases engine) {
    try (TestServer server = TestServer.start(engine, folder)) {
      TestHost web = TestHost.online(server, "web", Map.of());
      TestHost.online(server, "db", Map.of());
      put(web, item(APPLICATION).content(List.of(app("nginx", "1.22"))).build());

      List<InventoryResultEntity> counted =
          aggregated(
              server,
              InventoryAggregator.builder()
                  .expression("AWS:InstanceInformation.PlatformType")
                  .aggregators(
                      InventoryAggregator.builder()
                          .expression("AWS:InstanceInformation.PlatformName")
                          .build())
                  .build(),
              InventoryAggregator.builder()
                  .groups(
                      InventoryGroup.builder()
                          .name("WebServers")
                          .filters(filter("AWS:Application.Name", "Equal", "nginx"))
                          .build())
                  .build());

      assertThat(content(counted.get(0), "AWS:InstanceInformation"))
          .containsExactly(
              Map.of("Count", "2", "PlatformType", "Linux", "PlatformName", "Debian GNU/Linux"));
      assertThat(content(counted.get(1), "WebServers"))
          .containsExactly(Map.of("matchingCount", "1"), Map.of("notMatchingCount", "1"));
      assertThatThrownBy(
              () -> aggregated(server, InventoryAggregator.builder().expression("Colour").build()))
          .hasMessageStartingWith("InvalidAggregatorException");
      assertThatThrownBy(() -> aggregated(server, InventoryAggregator.builder().build()))
          .hasMessageStartingWith("InvalidAggregatorException");
    }
  }

  @ParameterizedTest
  @EnumSource(Databases.class)
  void schemasNameTheAttributesOfAllTypes(Databases engine) {
    try (TestServer server = TestServer.start(engine, folder)) {
      TestHost host = TestHost.online(server, "web", Map.of());
      put(host, item(RACK).content(List.of(Map.of("Rack", "A"), Map.of("Shelf", "2"))).build());

      assertThat(
              attributes(
                  schemas(server, GetInventorySchemaRequest.builder().typeName(RACK).build())
                      .getFirst()))
          .containsExactly("Rack", "Shelf");
      assertThat(schemas(server, GetInventorySchemaRequest.builder().build()))
          .extracting(InventoryItemSchema::typeName)
          .contains("AWS:Application", "AWS:ComplianceItem", "AWS:PatchSummary", RACK);
      List<InventoryItemSchema> aggregated =
          schemas(server, GetInventorySchemaRequest.builder().aggregator(true).build());
      assertThat(aggregated).hasSize(1);
      assertThat(attributes(aggregated.getFirst())).contains("PlatformType");
      assertThat(schemas(server, GetInventorySchemaRequest.builder().subType(true).build()))
          .isEmpty();
      assertThatThrownBy(
              () -> schemas(server, GetInventorySchemaRequest.builder().typeName("AWS:X").build()))
          .hasMessageStartingWith("InvalidTypeNameException");
    }
  }

  @ParameterizedTest
  @EnumSource(Databases.class)
  void entriesAreFilteredAndPaged(Databases engine) {
    try (TestServer server = TestServer.start(engine, folder)) {
      TestHost host = TestHost.online(server, "web", Map.of());
      put(
          host,
          item(APPLICATION)
              .content(IntStream.range(10, 40).mapToObj(i -> app("lib" + i, "1")).toList())
              .build());
      ListInventoryEntriesRequest.Builder request =
          ListInventoryEntriesRequest.builder().instanceId(host.id()).typeName(APPLICATION);

      ListInventoryEntriesResponse first =
          server.call(request.maxResults(20).build(), ListInventoryEntriesResponse.class);
      ListInventoryEntriesResponse rest =
          server.call(
              request.nextToken(first.nextToken()).build(), ListInventoryEntriesResponse.class);
      assertThat(first.entries()).hasSize(20);
      assertThat(rest.entries()).hasSize(10).doesNotContainAnyElementsOf(first.entries());
      assertThat(
              server
                  .call(
                      request.nextToken(null).filters(filter("Name", "Equal", "lib17")).build(),
                      ListInventoryEntriesResponse.class)
                  .entries())
          .containsExactly(app("lib17", "1"));
      assertThatThrownBy(
              () ->
                  server.call(
                      request.instanceId("mi-0123456789abcdef0").build(),
                      ListInventoryEntriesResponse.class))
          .hasMessageStartingWith("InvalidInstanceId");
    }
  }

  @ParameterizedTest
  @EnumSource(Databases.class)
  void aCustomTypeIsDeletedWithItsSchemaOrDisabled(Databases engine) {
    try (TestServer server = TestServer.start(engine, folder)) {
      TestHost host = TestHost.online(server, "web", Map.of());
      InventoryItem rack = item(RACK).content(List.of(Map.of("Rack", "A"))).build();
      put(host, rack);
      DeleteInventoryRequest.Builder delete =
          DeleteInventoryRequest.builder()
              .typeName(RACK)
              .clientToken("11111111-2222-4333-8444-555555555555");

      DeleteInventoryResponse preview =
          server.call(delete.dryRun(true).build(), DeleteInventoryResponse.class);
      assertThat(preview.deletionId()).isNull();
      assertThat(preview.deletionSummary().totalCount()).isEqualTo(1);
      delete.dryRun(null).schemaDeleteOption("DisableSchema");
      String id = server.call(delete.build(), DeleteInventoryResponse.class).deletionId();
      assertThat(server.call(delete.build(), DeleteInventoryResponse.class).deletionId())
          .isEqualTo(id);
      assertThat(deletion(server, id)).startsWith("InProgress 1 of 1");
      server.runDue();
      assertThat(deletion(server, id)).startsWith("Complete 0 of 1");
      put(host, rack);
      assertThat(entries(host, RACK).entries()).isEmpty();
      put(host, rack.toBuilder().schemaVersion("1.10").build());
      assertThat(entries(host, RACK).entries()).hasSize(1);

      delete.clientToken(null).schemaDeleteOption("DeleteSchema");
      server.call(delete.build(), DeleteInventoryResponse.class);
      server.runDue();
      assertThatThrownBy(() -> server.call(delete.build(), DeleteInventoryResponse.class))
          .hasMessageStartingWith("InvalidTypeNameException");
      assertThatThrownBy(
              () ->
                  server.call(delete.typeName(APPLICATION).build(), DeleteInventoryResponse.class))
          .hasMessageStartingWith("InvalidDeleteInventoryParametersException");
      assertThatThrownBy(() -> deletion(server, "11111111-2222-4333-8444-555555555555"))
          .hasMessageStartingWith("InvalidDeletionIdException");
      assertThat(
              server
                  .call(
                      DescribeInventoryDeletionsRequest.builder().build(),
                      DescribeInventoryDeletionsResponse.class)
                  .inventoryDeletions())
          .hasSize(2);
    }
  }

  private static InventoryItem.Builder item(String type) {
    return InventoryItem.builder()
        .typeName(type)
        .schemaVersion(type.equals(APPLICATION) ? "1.1" : "1.0")
        .captureTime("2026-11-02T09:00:00Z");
  }

  private static Map<String, String> app(String name, String version) {
    return Map.of("Name", name, "Version", version);
  }

  private static PutInventoryRequest request(TestHost host, InventoryItem... items) {
    return PutInventoryRequest.builder().instanceId(host.id()).items(items).build();
  }

  private static void put(TestHost host, InventoryItem... items) {
    host.server()
        .call(
            "AmazonSSM.PutInventory",
            request(host, items),
            host.caller(),
            PutInventoryResponse.class);
  }

  private static ListInventoryEntriesResponse entries(TestHost host, String type) {
    return host.server()
        .call(
            ListInventoryEntriesRequest.builder().instanceId(host.id()).typeName(type).build(),
            ListInventoryEntriesResponse.class);
  }

  private static InventoryFilter filter(String key, String type, String... values) {
    return InventoryFilter.builder().key(key).type(type).values(values).build();
  }

  private static List<String> found(TestServer server, InventoryFilter... filters) {
    return server
        .call(GetInventoryRequest.builder().filters(filters).build(), GetInventoryResponse.class)
        .entities()
        .stream()
        .map(InventoryResultEntity::id)
        .toList();
  }

  private static List<InventoryResultEntity> aggregated(
      TestServer server, InventoryAggregator... aggregators) {
    return server
        .call(
            GetInventoryRequest.builder().aggregators(aggregators).build(),
            GetInventoryResponse.class)
        .entities();
  }

  private static List<Map<String, String>> content(InventoryResultEntity entity, String name) {
    InventoryResultItem item = Objects.requireNonNull(entity.data().get(name));
    return item.content();
  }

  private static List<InventoryItemSchema> schemas(
      TestServer server, GetInventorySchemaRequest request) {
    return server.call(request, GetInventorySchemaResponse.class).schemas();
  }

  private static List<String> attributes(InventoryItemSchema schema) {
    return schema.attributes().stream().map(InventoryItemAttribute::name).toList();
  }

  private static String deletion(TestServer server, String id) {
    var deletion =
        server
            .call(
                DescribeInventoryDeletionsRequest.builder().deletionId(id).build(),
                DescribeInventoryDeletionsResponse.class)
            .inventoryDeletions()
            .getFirst();
    return deletion.lastStatusAsString()
        + " "
        + deletion.deletionSummary().remainingCount()
        + " of "
        + deletion.deletionSummary().totalCount();
  }
}
