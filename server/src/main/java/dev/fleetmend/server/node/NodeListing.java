package dev.fleetmend.server.node;

import dev.fleetmend.api.ApiException;
import dev.fleetmend.server.Core;
import dev.fleetmend.server.operation.Caller;
import dev.fleetmend.server.operation.Comparison;
import dev.fleetmend.server.store.Page;
import dev.fleetmend.server.store.Pages;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.ssm.model.InstanceInfo;
import software.amazon.awssdk.services.ssm.model.ListNodesRequest;
import software.amazon.awssdk.services.ssm.model.ListNodesResponse;
import software.amazon.awssdk.services.ssm.model.ListNodesSummaryRequest;
import software.amazon.awssdk.services.ssm.model.ListNodesSummaryResponse;
import software.amazon.awssdk.services.ssm.model.ManagedStatus;
import software.amazon.awssdk.services.ssm.model.Node;
import software.amazon.awssdk.services.ssm.model.NodeAggregator;
import software.amazon.awssdk.services.ssm.model.NodeFilter;
import software.amazon.awssdk.services.ssm.model.NodeOwnerInfo;
import software.amazon.awssdk.services.ssm.model.NodeType;

/** ListNodes and ListNodesSummary, of this server's own account and region. */
public final class NodeListing {
  private static final int DEFAULT_PAGE = 50;
  private static final int DEEPEST = 2;
  private static final String COUNT = "Count";

  private final Core core;
  private final Nodes nodes;
  private final Predicate<String> gathers;

  /**
   * Lists nodes.
   *
   * @param gathers whether there is a resource data sync of a name that gathers nodes
   */
  public NodeListing(Core core, Nodes nodes, Predicate<String> gathers) {
    this.core = core;
    this.nodes = nodes;
    this.gathers = gathers;
  }

  public void offer() {
    core.operations().on(ListNodesRequest.class, this::list);
    core.operations().on(ListNodesSummaryRequest.class, this::summarize);
  }

  private ListNodesResponse list(ListNodesRequest request, Caller caller) {
    requireSync(request.syncName());
    Predicate<ManagedNode> wanted = filters(request.filters());
    int max = request.maxResults() == null ? DEFAULT_PAGE : request.maxResults();
    String after = Pages.after(request.nextToken());
    List<ManagedNode> found = core.store().read(db -> nodes.find(db, wanted, after, max + 1));
    List<ManagedNode> shown = found.subList(0, Math.min(max, found.size()));
    return ListNodesResponse.builder()
        .nodes(shown.stream().map(this::onTheWire).toList())
        .nextToken(found.size() > max ? Pages.token(shown.getLast().id()) : null)
        .build();
  }

  /** All that a sync can gather is what this server knows anyway. */
  private void requireSync(@Nullable String syncName) {
    if (syncName != null && !gathers.test(syncName)) {
      throw new ApiException(
          "ResourceDataSyncNotFoundException",
          "There is no resource data sync of that name and of type SyncFromSource.");
    }
  }

  private Predicate<ManagedNode> filters(List<NodeFilter> filters) {
    return filters.stream().map(this::filter).reduce(Predicate::and).orElse(node -> true);
  }

  private Predicate<ManagedNode> filter(NodeFilter filter) {
    Comparison comparison =
        Comparison.of(filter.typeAsString())
            .orElseThrow(() -> new ApiException("InvalidFilter", "The filter type is not valid."));
    if ("ManagedStatus".equals(filter.keyAsString()) && filter.values().contains("All")) {
      return node -> comparison != Comparison.NOT_EQUAL;
    }
    return node -> {
      String value = value(node, filter.keyAsString());
      return value == null
          ? comparison == Comparison.NOT_EQUAL
          : comparison.admits(value, filter.values());
    };
  }

  private @Nullable String value(ManagedNode node, String attribute) {
    return switch (attribute) {
      case "AgentType" -> node.agentName();
      case "AgentVersion" -> node.agentVersion();
      case "ComputerName" -> node.computerName();
      case "InstanceId" -> node.id();
      case "InstanceStatus" -> node.instanceStatus();
      case "IpAddress" -> node.ipAddress();
      case "ManagedStatus" -> ManagedStatus.MANAGED.toString();
      case "PlatformName" -> node.platformName();
      case "PlatformType" -> node.platformType();
      case "PlatformVersion" -> node.platformVersion();
      case "ResourceType" -> NodeDirectory.RESOURCE_TYPE;
      case "Region" -> core.config().region();
      case "AccountId" -> core.config().account();
      default -> null;
    };
  }

  private Node onTheWire(ManagedNode node) {
    InstanceInfo instance =
        InstanceInfo.builder()
            .agentType(node.agentName())
            .agentVersion(node.agentVersion())
            .computerName(node.computerName())
            .instanceStatus(node.instanceStatus())
            .ipAddress(node.ipAddress())
            .managedStatus(ManagedStatus.MANAGED)
            .platformType(node.platformType())
            .platformName(node.platformName())
            .platformVersion(node.platformVersion())
            .resourceType(NodeDirectory.RESOURCE_TYPE)
            .build();
    return Node.builder()
        .captureTime(node.lastPingAt() == null ? node.registeredAt() : node.lastPingAt())
        .id(node.id())
        .owner(NodeOwnerInfo.builder().accountId(core.config().account()).build())
        .region(core.config().region())
        .nodeType(NodeType.builder().instance(instance).build())
        .build();
  }

  private ListNodesSummaryResponse summarize(ListNodesSummaryRequest request, Caller caller) {
    requireSync(request.syncName());
    Predicate<ManagedNode> wanted = filters(request.filters());
    List<List<String>> paths = new ArrayList<>();
    request.aggregators().forEach(aggregator -> paths(List.of(), aggregator, paths));
    List<ManagedNode> found =
        core.store().read(db -> nodes.find(db, wanted, null, Integer.MAX_VALUE));
    TreeMap<String, Map<String, String>> summary = new TreeMap<>();
    for (int index = 0; index < paths.size(); index++) {
      summary.putAll(counted(index, paths.get(index), found));
    }
    Page<Map.Entry<String, Map<String, String>>> page =
        Pages.slice(
            List.copyOf(summary.entrySet()),
            Map.Entry::getKey,
            request.nextToken(),
            request.maxResults(),
            DEFAULT_PAGE);
    return ListNodesSummaryResponse.builder()
        .summary(page.items().stream().map(Map.Entry::getValue).toList())
        .nextToken(page.nextToken())
        .build();
  }

  private static void paths(
      List<String> above, NodeAggregator aggregator, List<List<String>> paths) {
    List<String> path = new ArrayList<>(above);
    path.add(aggregator.attributeNameAsString());
    if (path.size() > DEEPEST) {
      throw new ApiException(
          "InvalidAggregatorException", "Aggregators can be nested once, not deeper.");
    }
    if (aggregator.aggregators().isEmpty()) {
      paths.add(path);
    }
    aggregator.aggregators().forEach(nested -> paths(path, nested, paths));
  }

  /** The nodes of each combination of values, by a key in the order of aggregators and values. */
  private Map<String, Map<String, String>> counted(
      int index, List<String> path, List<ManagedNode> found) {
    Map<String, Map<String, String>> rows = new TreeMap<>();
    for (ManagedNode node : found) {
      Map<String, String> row = new TreeMap<>();
      StringBuilder key = new StringBuilder().append(index);
      for (String attribute : path) {
        String value = Objects.requireNonNullElse(value(node, attribute), "");
        row.put(attribute, value);
        key.append('\u0001').append(value);
      }
      rows.computeIfAbsent(key.toString(), name -> row)
          .merge(COUNT, "1", (count, one) -> String.valueOf(Integer.parseInt(count) + 1));
    }
    return rows;
  }
}
