package dev.fleetmend.server.node;

import dev.fleetmend.api.ApiException;
import dev.fleetmend.server.operation.Caller;
import dev.fleetmend.server.operation.Comparison;
import dev.fleetmend.server.operation.Operations;
import dev.fleetmend.server.store.Pages;
import dev.fleetmend.server.store.Store;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.ssm.model.DescribeInstancePropertiesRequest;
import software.amazon.awssdk.services.ssm.model.DescribeInstancePropertiesResponse;
import software.amazon.awssdk.services.ssm.model.InstanceProperty;
import software.amazon.awssdk.services.ssm.model.SourceType;

/** DescribeInstanceProperties: nodes, with filters that compare. */
public final class InstancePropertyOperations {
  private static final int DEFAULT_PAGE = 50;
  private static final Map<String, Function<ManagedNode, @Nullable String>> KEYS =
      Map.ofEntries(
          Map.entry("InstanceIds", ManagedNode::id),
          Map.entry("AgentVersion", ManagedNode::agentVersion),
          Map.entry("PingStatus", node -> node.pingStatus().toString()),
          Map.entry("PlatformTypes", ManagedNode::platformType),
          Map.entry("PlatformName", ManagedNode::platformName),
          Map.entry("PlatformVersion", ManagedNode::platformVersion),
          Map.entry("ComputerName", ManagedNode::computerName),
          Map.entry("Name", ManagedNode::name),
          Map.entry("IPAddress", ManagedNode::ipAddress),
          Map.entry("ActivationIds", ManagedNode::activationId),
          Map.entry("IamRole", ManagedNode::iamRole),
          Map.entry("ResourceType", node -> NodeDirectory.RESOURCE_TYPE),
          Map.entry("DocumentName", node -> null),
          Map.entry("AssociationStatus", node -> null));
  private static final Map<String, Set<String>> WORDS =
      Map.of(
          "PingStatus", Set.of("Online", "ConnectionLost", "Inactive"),
          "PlatformTypes", Set.of("Windows", "Linux", "MacOS"),
          "ResourceType", Set.of("ManagedInstance", "EC2Instance"));

  private final Store store;
  private final Nodes nodes;

  public InstancePropertyOperations(Store store, Nodes nodes) {
    this.store = store;
    this.nodes = nodes;
  }

  public void offer(Operations operations) {
    operations.on(DescribeInstancePropertiesRequest.class, this::describe);
  }

  private DescribeInstancePropertiesResponse describe(
      DescribeInstancePropertiesRequest request, Caller caller) {
    Predicate<ManagedNode> wanted =
        filters(request).stream().reduce(Predicate::and).orElse(n -> true);
    int max = request.maxResults() == null ? DEFAULT_PAGE : request.maxResults();
    String after = Pages.after(request.nextToken());
    List<ManagedNode> found = store.read(db -> nodes.find(db, wanted, after, max + 1));
    List<ManagedNode> shown = found.subList(0, Math.min(max, found.size()));
    return DescribeInstancePropertiesResponse.builder()
        .instanceProperties(shown.stream().map(InstancePropertyOperations::onTheWire).toList())
        .nextToken(found.size() > max ? Pages.token(shown.getLast().id()) : null)
        .build();
  }

  private static List<Predicate<ManagedNode>> filters(DescribeInstancePropertiesRequest request) {
    if (!request.instancePropertyFilterList().isEmpty()
        && !request.filtersWithOperator().isEmpty()) {
      throw new ApiException(
          "ValidationException",
          "Use either InstancePropertyFilterList or FiltersWithOperator, not both.");
    }
    List<Predicate<ManagedNode>> filters = new ArrayList<>();
    request
        .instancePropertyFilterList()
        .forEach(f -> filters.add(filter(f.keyAsString(), f.valueSet(), Comparison.EQUAL)));
    request
        .filtersWithOperator()
        .forEach(
            f ->
                filters.add(
                    filter(
                        f.key(),
                        f.values(),
                        Comparison.of(f.operatorAsString()).orElse(Comparison.EQUAL))));
    return filters;
  }

  private static Predicate<ManagedNode> filter(
      String key, List<String> values, Comparison comparison) {
    Function<ManagedNode, @Nullable String> field = KEYS.get(key);
    if (field == null) {
      throw new ApiException(
          "InvalidFilterKey",
          "The filter key " + key + " is not valid: use one of " + new TreeSet<>(KEYS.keySet()));
    }
    Set<String> words = WORDS.get(key);
    if (words != null && comparison == Comparison.EQUAL && !words.containsAll(values)) {
      throw new ApiException(
          "InvalidInstancePropertyFilterValue",
          "The filter " + key + " takes " + new TreeSet<>(words) + ".");
    }
    return node -> {
      String value = field.apply(node);
      return value == null ? comparison == Comparison.NOT_EQUAL : comparison.admits(value, values);
    };
  }

  private static InstanceProperty onTheWire(ManagedNode node) {
    return InstanceProperty.builder()
        .name(node.name())
        .instanceId(node.id())
        .ipAddress(node.ipAddress())
        .pingStatus(node.pingStatus())
        .lastPingDateTime(node.lastPingAt())
        .agentVersion(node.agentVersion())
        .platformType(node.platformType())
        .platformName(node.platformName())
        .platformVersion(node.platformVersion())
        .activationId(node.activationId())
        .iamRole(node.iamRole())
        .registrationDate(node.registeredAt())
        .resourceType(NodeDirectory.RESOURCE_TYPE)
        .computerName(node.computerName())
        .sourceId(node.id())
        .sourceType(SourceType.AWS_SSM_MANAGED_INSTANCE)
        .build();
  }
}
