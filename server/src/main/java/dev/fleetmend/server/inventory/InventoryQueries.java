package dev.fleetmend.server.inventory;

import dev.fleetmend.api.ApiException;
import dev.fleetmend.server.Core;
import dev.fleetmend.server.node.ManagedNode;
import dev.fleetmend.server.node.NodeDirectory;
import dev.fleetmend.server.operation.Caller;
import dev.fleetmend.server.store.Page;
import dev.fleetmend.server.store.Pages;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.IntStream;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.ssm.model.GetInventoryRequest;
import software.amazon.awssdk.services.ssm.model.GetInventoryResponse;
import software.amazon.awssdk.services.ssm.model.GetInventorySchemaRequest;
import software.amazon.awssdk.services.ssm.model.GetInventorySchemaResponse;
import software.amazon.awssdk.services.ssm.model.InventoryFilter;
import software.amazon.awssdk.services.ssm.model.InventoryResultEntity;
import software.amazon.awssdk.services.ssm.model.InventoryResultItem;
import software.amazon.awssdk.services.ssm.model.ListInventoryEntriesRequest;
import software.amazon.awssdk.services.ssm.model.ListInventoryEntriesResponse;

/** GetInventory, GetInventorySchema and ListInventoryEntries. */
final class InventoryQueries {
  private static final int DEFAULT_PAGE = 50;
  private static final int READ_AT_ONCE = 500;
  private static final List<String> AGGREGATED =
      List.of("AgentType", "AgentVersion", "PlatformName", "PlatformType", "PlatformVersion");

  private final Core core;
  private final NodeDirectory nodes;
  private final NodeInventory inventory;

  InventoryQueries(Core core, NodeDirectory nodes, NodeInventory inventory) {
    this.core = core;
    this.nodes = nodes;
    this.inventory = inventory;
  }

  void offer() {
    core.operations().on(GetInventoryRequest.class, this::get);
    core.operations().on(GetInventorySchemaRequest.class, this::schemas);
    core.operations().on(ListInventoryEntriesRequest.class, this::entries);
  }

  private GetInventoryResponse get(GetInventoryRequest request, Caller caller) {
    InventoryFilters filters = InventoryFilters.of(request.filters());
    if (!request.aggregators().isEmpty()) {
      if (!request.resultAttributes().isEmpty()) {
        throw new ApiException(
            "InvalidResultAttributeException",
            "ResultAttributes cannot be combined with Aggregators.");
      }
      InventoryAggregation aggregation = new InventoryAggregation(request.aggregators());
      core.store().read(db -> aggregated(db, filters, aggregation));
      return GetInventoryResponse.builder().entities(aggregation.results()).build();
    }
    String type =
        request.resultAttributes().isEmpty()
            ? AwsType.INSTANCE_INFORMATION.typeName()
            : request.resultAttributes().getFirst().typeName();
    int max = request.maxResults() == null ? DEFAULT_PAGE : request.maxResults();
    String after = Pages.after(request.nextToken());
    return core.store().read(db -> page(db, filters, type, after, max));
  }

  private GetInventoryResponse page(
      Handle db, InventoryFilters filters, String type, @Nullable String after, int max) {
    inventory.requireType(db, type);
    List<InventoryResultEntity> found = new ArrayList<>();
    List<ManagedNode> some = nodes.list(db, after, READ_AT_ONCE);
    while (!some.isEmpty() && found.size() <= max) {
      for (ManagedNode node : some) {
        Function<String, Optional<InventoryContent>> content = remembered(db, node);
        if (found.size() <= max && filters.admit(content)) {
          found.add(entity(node, content.apply(type)));
        }
      }
      some = nodes.list(db, some.getLast().id(), READ_AT_ONCE);
    }
    List<InventoryResultEntity> shown = found.subList(0, Math.min(max, found.size()));
    return GetInventoryResponse.builder()
        .entities(shown)
        .nextToken(found.size() > max ? Pages.token(shown.getLast().id()) : null)
        .build();
  }

  private static InventoryResultEntity entity(
      ManagedNode node, Optional<InventoryContent> content) {
    Map<String, InventoryResultItem> data =
        content.map(c -> Map.of(c.typeName(), c.onTheWire())).orElse(Map.of());
    return InventoryResultEntity.builder().id(node.id()).data(data).build();
  }

  private InventoryAggregation aggregated(
      Handle db, InventoryFilters filters, InventoryAggregation aggregation) {
    List<ManagedNode> some = nodes.list(db, null, READ_AT_ONCE);
    while (!some.isEmpty()) {
      for (ManagedNode node : some) {
        Function<String, Optional<InventoryContent>> content = remembered(db, node);
        if (filters.admit(content)) {
          aggregation.count(content);
        }
      }
      some = nodes.list(db, some.getLast().id(), READ_AT_ONCE);
    }
    return aggregation;
  }

  /** A node's content by type, each read once. */
  private Function<String, Optional<InventoryContent>> remembered(Handle db, ManagedNode node) {
    Map<String, Optional<InventoryContent>> known = new HashMap<>();
    return type -> known.computeIfAbsent(type, name -> inventory.find(db, node, name));
  }

  private GetInventorySchemaResponse schemas(GetInventorySchemaRequest request, Caller caller) {
    String wanted = request.typeName() == null ? "" : request.typeName();
    List<InventorySchema> schemas =
        core
            .store()
            .read(
                db -> {
                  if (!wanted.isEmpty()) {
                    inventory.requireType(db, wanted);
                  }
                  return inventory.schemas(db);
                })
            .stream()
            .filter(schema -> wanted.isEmpty() || schema.typeName().equals(wanted))
            .toList();
    Page<InventorySchema> page =
        Pages.slice(
            shown(request, schemas),
            InventorySchema::typeName,
            request.nextToken(),
            request.maxResults(),
            DEFAULT_PAGE);
    return GetInventorySchemaResponse.builder()
        .schemas(page.items().stream().map(InventorySchema::onTheWire).toList())
        .nextToken(page.nextToken())
        .build();
  }

  /** All of them, those that nodes are counted by, or those of sub-types: no type here has any. */
  private static List<InventorySchema> shown(
      GetInventorySchemaRequest request, List<InventorySchema> schemas) {
    if (Boolean.TRUE.equals(request.subType())) {
      return List.of();
    }
    if (Boolean.TRUE.equals(request.aggregator())) {
      return schemas.stream()
          .filter(schema -> schema.typeName().equals(AwsType.INSTANCE_INFORMATION.typeName()))
          .map(schema -> schema.only(AGGREGATED))
          .toList();
    }
    return schemas;
  }

  private ListInventoryEntriesResponse entries(ListInventoryEntriesRequest request, Caller caller) {
    Optional<InventoryContent> content =
        core.store()
            .read(
                db -> {
                  ManagedNode node =
                      nodes
                          .find(db, request.instanceId())
                          .orElseThrow(
                              () ->
                                  new ApiException(
                                      "InvalidInstanceId",
                                      "The instance ID "
                                          + request.instanceId()
                                          + " is not valid."));
                  inventory.requireType(db, request.typeName());
                  return inventory.find(db, node, request.typeName());
                });
    InventoryFilters filters = InventoryFilters.of(qualified(request));
    List<Map<String, String>> all =
        content.map(InventoryContent::entries).orElse(List.of()).stream()
            .filter(entry -> filters.admit(type -> content.map(whole -> only(whole, entry))))
            .toList();
    Page<Integer> page =
        Pages.slice(
            IntStream.range(0, all.size()).boxed().toList(),
            index -> String.format(Locale.ROOT, "%08d", index),
            request.nextToken(),
            request.maxResults(),
            DEFAULT_PAGE);
    return ListInventoryEntriesResponse.builder()
        .typeName(request.typeName())
        .instanceId(request.instanceId())
        .schemaVersion(content.map(InventoryContent::schemaVersion).orElse(null))
        .captureTime(content.map(InventoryContent::captureTime).orElse(null))
        .entries(page.items().stream().map(all::get).toList())
        .nextToken(page.nextToken())
        .build();
  }

  private static InventoryContent only(InventoryContent whole, Map<String, String> entry) {
    return new InventoryContent(
        whole.typeName(),
        whole.schemaVersion(),
        whole.captureTime(),
        whole.contentHash(),
        List.of(entry));
  }

  /** Here a filter may name the attribute alone. */
  private static List<InventoryFilter> qualified(ListInventoryEntriesRequest request) {
    String prefix = request.typeName() + ".";
    return request.filters().stream()
        .map(
            filter ->
                filter.key().startsWith(prefix)
                    ? filter
                    : filter.toBuilder().key(prefix + filter.key()).build())
        .toList();
  }
}
