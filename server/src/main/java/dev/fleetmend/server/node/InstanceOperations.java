package dev.fleetmend.server.node;

import dev.fleetmend.api.ApiException;
import dev.fleetmend.protocol.message.Empty;
import dev.fleetmend.server.operation.Access;
import dev.fleetmend.server.operation.Caller;
import dev.fleetmend.server.operation.Operations;
import dev.fleetmend.server.store.Pages;
import dev.fleetmend.server.store.Store;
import dev.fleetmend.server.tag.TagDirectory;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.ssm.model.DeregisterManagedInstanceRequest;
import software.amazon.awssdk.services.ssm.model.DeregisterManagedInstanceResponse;
import software.amazon.awssdk.services.ssm.model.DescribeInstanceInformationRequest;
import software.amazon.awssdk.services.ssm.model.DescribeInstanceInformationResponse;

/** What administrators ask about nodes. */
public final class InstanceOperations {
  private static final int DEFAULT_PAGE = 10;
  private static final int READ_AT_ONCE = 500;
  private final Store store;
  private final Nodes nodes;
  private final TagDirectory tags;

  public InstanceOperations(Store store, Nodes nodes, TagDirectory tags) {
    this.store = store;
    this.nodes = nodes;
    this.tags = tags;
  }

  public void offer(Operations operations) {
    operations.on(DescribeInstanceInformationRequest.class, this::describe);
    operations.on(DeregisterManagedInstanceRequest.class, this::deregister);
    operations.on(
        "Fleetmend.ListDuplicateNodes",
        Empty.class,
        Access.ADMINISTRATOR,
        (request, caller) -> DuplicateNodes.of(store.read(nodes.rows()::duplicates)));
  }

  private DescribeInstanceInformationResponse describe(
      DescribeInstanceInformationRequest request, Caller caller) {
    List<InstanceFilter> filters = filters(request);
    int max = request.maxResults() == null ? DEFAULT_PAGE : request.maxResults();
    String after = Pages.after(request.nextToken());
    List<ManagedNode> found = store.read(db -> find(db, filters, after, max + 1));
    List<ManagedNode> shown = found.subList(0, Math.min(max, found.size()));
    return DescribeInstanceInformationResponse.builder()
        .instanceInformationList(shown.stream().map(InstanceInformations::of).toList())
        .nextToken(found.size() > max ? Pages.token(shown.getLast().id()) : null)
        .build();
  }

  private List<ManagedNode> find(
      Handle db, List<InstanceFilter> filters, @Nullable String after, int most) {
    Predicate<ManagedNode> wanted = node -> true;
    for (InstanceFilter filter : filters) {
      wanted = wanted.and(filter.predicate(db, tags));
    }
    List<ManagedNode> found = new ArrayList<>();
    List<ManagedNode> some = nodes.list(db, after, READ_AT_ONCE);
    while (!some.isEmpty() && found.size() < most) {
      some.stream().filter(wanted).limit(most - found.size()).forEach(found::add);
      some = nodes.list(db, some.getLast().id(), READ_AT_ONCE);
    }
    return found;
  }

  private static List<InstanceFilter> filters(DescribeInstanceInformationRequest request) {
    List<InstanceFilter> filters = new ArrayList<>();
    request
        .instanceInformationFilterList()
        .forEach(f -> filters.add(new InstanceFilter(f.keyAsString(), f.valueSet())));
    if (!filters.isEmpty() && !request.filters().isEmpty()) {
      throw new ApiException(
          "ValidationException", "Use either Filters or InstanceInformationFilterList, not both.");
    }
    request.filters().forEach(f -> filters.add(new InstanceFilter(f.key(), f.values())));
    if (filters.size() > 1 && filters.stream().anyMatch(InstanceFilter::byTag)) {
      throw new ApiException(
          "InvalidFilterKey", "A tag filter cannot be combined with other filters.");
    }
    return filters;
  }

  private DeregisterManagedInstanceResponse deregister(
      DeregisterManagedInstanceRequest request, Caller caller) {
    if (!store.<Boolean, RuntimeException>write(tx -> nodes.deregister(tx, request.instanceId()))) {
      throw new ApiException(
          "InvalidInstanceId", "The instance ID " + request.instanceId() + " is not valid.");
    }
    return DeregisterManagedInstanceResponse.builder().build();
  }
}
