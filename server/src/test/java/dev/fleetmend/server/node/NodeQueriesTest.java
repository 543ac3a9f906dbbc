package dev.fleetmend.server.node;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.fleetmend.server.Databases;
import dev.fleetmend.server.TestServer;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import software.amazon.awssdk.services.ssm.model.DescribeInstancePropertiesRequest;
import software.amazon.awssdk.services.ssm.model.DescribeInstancePropertiesResponse;
import software.amazon.awssdk.services.ssm.model.GetConnectionStatusRequest;
import software.amazon.awssdk.services.ssm.model.GetConnectionStatusResponse;
import software.amazon.awssdk.services.ssm.model.InstanceProperty;
import software.amazon.awssdk.services.ssm.model.InstancePropertyFilter;
import software.amazon.awssdk.services.ssm.model.InstancePropertyStringFilter;
import software.amazon.awssdk.services.ssm.model.ListNodesRequest;
import software.amazon.awssdk.services.ssm.model.ListNodesResponse;
import software.amazon.awssdk.services.ssm.model.ListNodesSummaryRequest;
import software.amazon.awssdk.services.ssm.model.ListNodesSummaryResponse;
import software.amazon.awssdk.services.ssm.model.Node;
import software.amazon.awssdk.services.ssm.model.NodeAggregator;
import software.amazon.awssdk.services.ssm.model.NodeFilter;
import software.amazon.awssdk.services.ssm.model.UpdateManagedInstanceRoleRequest;
import software.amazon.awssdk.services.ssm.model.UpdateManagedInstanceRoleResponse;

class NodeQueriesTest {
  @TempDir private Path folder;

  @ParameterizedTest
  @EnumSource(Databases.class)
  void propertiesAreFilteredComparedAndPaged(Databases engine) {
    try (TestServer server = TestServer.start(engine, folder)) {
      TestHost web = TestHost.online(server, "web", Map.of());
      for (int host = 0; host < 6; host++) {
        TestHost.enrol(server, "silent" + host);
      }

      InstanceProperty property = properties(server, filter("PingStatus", "Online")).getFirst();
      assertThat(property.instanceId()).isEqualTo(web.id());
      assertThat(property.computerName()).isEqualTo("web");
      assertThat(property.platformName()).isEqualTo("Debian GNU/Linux");
      assertThat(property.resourceType()).isEqualTo("ManagedInstance");
      assertThat(property.iamRole()).isEqualTo("fleet");
      assertThat(compared(server, "AgentVersion", "LessThan", "3.10.0.0")).hasSize(1);
      assertThat(compared(server, "AgentVersion", "GreaterThan", "3.3.1142.0")).isEmpty();
      assertThat(compared(server, "ComputerName", "BeginWith", "we")).hasSize(1);
      assertThat(compared(server, "ComputerName", "NotEqual", "web")).hasSize(6);
      assertThatThrownBy(() -> properties(server, filter("PingStatus", "Gone")))
          .hasMessageStartingWith("InvalidInstancePropertyFilterValue");
      assertThatThrownBy(() -> compared(server, "Colour", "Equal", "red"))
          .hasMessageStartingWith("InvalidFilterKey");

      DescribeInstancePropertiesRequest.Builder pages =
          DescribeInstancePropertiesRequest.builder().maxResults(5);
      DescribeInstancePropertiesResponse first =
          server.call(pages.build(), DescribeInstancePropertiesResponse.class);
      DescribeInstancePropertiesResponse rest =
          server.call(
              pages.nextToken(first.nextToken()).build(), DescribeInstancePropertiesResponse.class);
      assertThat(first.instanceProperties()).hasSize(5);
      assertThat(rest.instanceProperties())
          .hasSize(2)
          .doesNotContainAnyElementsOf(first.instanceProperties());
    }
  }

  @ParameterizedTest
  @EnumSource(Databases.class)
  void nodesAreListedAndCounted(Databases engine) {
    try (TestServer server = TestServer.start(engine, folder)) {
      TestHost web = TestHost.online(server, "web", Map.of());
      TestHost.online(server, "db", Map.of());
      TestHost.enrol(server, "silent");

      Node node = nodes(server, node("ComputerName", "Equal", "web")).getFirst();
      assertThat(node.id()).isEqualTo(web.id());
      assertThat(node.captureTime()).isEqualTo(TestServer.START);
      assertThat(node.owner().accountId()).isEqualTo("000000000000");
      assertThat(node.region()).isEqualTo("us-east-1");
      assertThat(node.nodeType().instance().agentType()).isEqualTo("amazon-ssm-agent");
      assertThat(node.nodeType().instance().managedStatusAsString()).isEqualTo("Managed");
      assertThat(nodes(server, node("ManagedStatus", null, "All"))).hasSize(3);
      assertThat(nodes(server, node("ManagedStatus", null, "Unmanaged"))).isEmpty();
      assertThat(nodes(server, node("InstanceStatus", "NotEqual", "Active"))).hasSize(1);
      assertThat(nodes(server, node("Region", "BeginWith", "eu"))).isEmpty();
      assertThatThrownBy(
              () ->
                  server.call(
                      ListNodesRequest.builder().syncName("org").build(), ListNodesResponse.class))
          .hasMessageStartingWith("ResourceDataSyncNotFoundException");

      NodeAggregator version = aggregator("PlatformVersion").build();
      ListNodesSummaryRequest.Builder request =
          ListNodesSummaryRequest.builder()
              .aggregators(aggregator("PlatformType").aggregators(version).build())
              .filters(node("InstanceStatus", "Equal", "Active"));
      assertThat(server.call(request.build(), ListNodesSummaryResponse.class).summary())
          .isEqualTo(
              List.of(Map.of("Count", "2", "PlatformType", "Linux", "PlatformVersion", "12")));
      NodeAggregator deep =
          aggregator("Region")
              .aggregators(aggregator("PlatformType").aggregators(version).build())
              .build();
      assertThatThrownBy(
              () -> server.call(request.aggregators(deep).build(), ListNodesSummaryResponse.class))
          .hasMessageStartingWith("InvalidAggregatorException");
    }
  }

  @ParameterizedTest
  @EnumSource(Databases.class)
  void aNodesRoleAndConnectionAreKnown(Databases engine) {
    try (TestServer server = TestServer.start(engine, folder)) {
      TestHost web = TestHost.online(server, "web", Map.of());
      UpdateManagedInstanceRoleRequest.Builder role =
          UpdateManagedInstanceRoleRequest.builder().instanceId(web.id()).iamRole("other");
      server.call(role.build(), UpdateManagedInstanceRoleResponse.class);
      assertThat(properties(server, filter("IamRole", "other"))).hasSize(1);
      assertThatThrownBy(
              () ->
                  server.call(
                      role.instanceId("mi-0123456789abcdef0").build(),
                      UpdateManagedInstanceRoleResponse.class))
          .hasMessageStartingWith("InvalidInstanceId");

      assertThat(connection(server, web.id())).isEqualTo("connected");
      server.clock().advance(Duration.ofMinutes(12));
      assertThat(connection(server, web.id())).isEqualTo("notconnected");
      assertThat(connection(server, "\0")).isEqualTo("notconnected");
    }
  }

  private static String connection(TestServer server, String target) {
    return server
        .call(
            GetConnectionStatusRequest.builder().target(target).build(),
            GetConnectionStatusResponse.class)
        .statusAsString();
  }

  private static InstancePropertyFilter filter(String key, String... values) {
    return InstancePropertyFilter.builder().key(key).valueSet(values).build();
  }

  private static List<InstanceProperty> properties(
      TestServer server, InstancePropertyFilter filter) {
    return server
        .call(
            DescribeInstancePropertiesRequest.builder().instancePropertyFilterList(filter).build(),
            DescribeInstancePropertiesResponse.class)
        .instanceProperties();
  }

  private static List<InstanceProperty> compared(
      TestServer server, String key, String operator, String value) {
    return server
        .call(
            DescribeInstancePropertiesRequest.builder()
                .filtersWithOperator(
                    InstancePropertyStringFilter.builder()
                        .key(key)
                        .operator(operator)
                        .values(value)
                        .build())
                .build(),
            DescribeInstancePropertiesResponse.class)
        .instanceProperties();
  }

  private static NodeFilter node(String key, @Nullable String type, String value) {
    return NodeFilter.builder().key(key).type(type).values(value).build();
  }

  private static List<Node> nodes(TestServer server, NodeFilter filter) {
    return server
        .call(ListNodesRequest.builder().filters(filter).build(), ListNodesResponse.class)
        .nodes();
  }

  private static NodeAggregator.Builder aggregator(String attribute) {
    return NodeAggregator.builder()
        .aggregatorType("Count")
        .typeName("Instance")
        .attributeName(attribute);
  }
}
