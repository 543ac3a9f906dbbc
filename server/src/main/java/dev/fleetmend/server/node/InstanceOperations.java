package dev.fleetmend.server.node;

import dev.fleetmend.api.ApiException;
import dev.fleetmend.protocol.message.Empty;
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
import software.amazon.awssdk.services.ssm.model.GetConnectionStatusRequest;
import software.amazon.awssdk.services.ssm.model.GetConnectionStatusResponse;
import software.amazon.awssdk.services.ssm.model.UpdateManagedInstanceRoleRequest;
import software.amazon.awssdk.services.ssm.model.UpdateManagedInstanceRoleResponse;

/** What administrators ask about nodes. */
public final class InstanceOperations {
  private static final int DEFAULT_PAGE = 10;
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
    operations.on(UpdateManagedInstanceRoleRequest.class, this::updateRole);
    operations.on(GetConnectionStatusRequest.class, this::connectionStatus);
    operations.on(
        "Fleetmend.ListDuplicateNodes",
        Empty.class,
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
    return nodes.find(db, wanted, after, most);
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

  private UpdateManagedInstanceRoleResponse updateRole(
      UpdateManagedInstanceRoleRequest request, Caller caller) {
    String role = request.iamRole().replace("\0", "");
    if (!store.<Boolean, RuntimeException>write(
        tx -> nodes.rows().changeRole(tx, request.instanceId(), role))) {
      throw new ApiException(
          "InvalidInstanceId", "The instance ID " + request.instanceId() + " is not valid.");
    }
    return UpdateManagedInstanceRoleResponse.builder().build();
  }

  /** A node that beats can be reached; of what is no node here, nobody is connected. */
  private GetConnectionStatusResponse connectionStatus(
      GetConnectionStatusRequest request, Caller caller) {
    boolean connected =
        request.target().indexOf('\0') < 0
            && nodes.find(request.target()).filter(ManagedNode::online).isPresent();
    return GetConnectionStatusResponse.builder()
        .target(request.target())
        .status(connected ? "connected" : "notconnected")
        .build();
  }
}
