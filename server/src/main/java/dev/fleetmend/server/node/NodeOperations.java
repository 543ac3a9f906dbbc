package dev.fleetmend.server.node;

import dev.fleetmend.api.ApiException;
import dev.fleetmend.protocol.message.Empty;
import dev.fleetmend.protocol.message.ListInstanceAssociationsRequest;
import dev.fleetmend.protocol.message.ListInstanceAssociationsResponse;
import dev.fleetmend.protocol.message.RequestManagedInstanceRoleTokenRequest;
import dev.fleetmend.protocol.message.RequestManagedInstanceRoleTokenResponse;
import dev.fleetmend.protocol.message.UpdateInstanceAssociationStatusRequest;
import dev.fleetmend.protocol.message.UpdateInstanceInformationRequest;
import dev.fleetmend.server.operation.Caller;
import dev.fleetmend.server.operation.Operations;
import dev.fleetmend.server.store.Store;
import java.util.List;

/** What nodes call about themselves. A node speaks only of itself. */
public final class NodeOperations {
  private static final String SSM = "AmazonSSM.";
  private final Store store;
  private final Nodes nodes;
  private final NodeKeyRing keys;
  private final RoleTokens roleTokens;

  public NodeOperations(Store store, Nodes nodes, NodeKeyRing keys, RoleTokens roleTokens) {
    this.store = store;
    this.nodes = nodes;
    this.keys = keys;
    this.roleTokens = roleTokens;
  }

  public void offer(Operations operations) {
    operations.on(
        SSM + "RequestManagedInstanceRoleToken",
        RequestManagedInstanceRoleTokenRequest.class,
        this::requestRoleToken);
    operations.on(
        SSM + "UpdateInstanceInformation",
        UpdateInstanceInformationRequest.class,
        this::updateInformation);
    operations.on(
        SSM + "ListInstanceAssociations",
        ListInstanceAssociationsRequest.class,
        (request, caller) -> new ListInstanceAssociationsResponse(List.of(), ""));
    operations.on(
        SSM + "UpdateInstanceAssociationStatus",
        UpdateInstanceAssociationStatusRequest.class,
        (request, caller) -> new Empty());
  }

  private RequestManagedInstanceRoleTokenResponse requestRoleToken(
      RequestManagedInstanceRoleTokenRequest request, Caller caller) {
    ManagedNode node = known(caller);
    if (!node.fingerprint().equals(request.fingerprint())) {
      throw new ApiException(
          "MachineFingerprintDoesNotMatch",
          "The fingerprint is not the one that " + node.id() + " registered with.");
    }
    return roleTokens.issue(node.id(), keys.due(node.id()));
  }

  private Empty updateInformation(UpdateInstanceInformationRequest beat, Caller caller) {
    if (!(caller instanceof Caller.Node node && node.instanceId().equals(beat.instanceId()))) {
      throw denied("A node may report only of itself.");
    }
    store.change(tx -> nodes.rows().beat(tx, beat));
    return new Empty();
  }

  private ManagedNode known(Caller caller) {
    if (caller instanceof Caller.Node node) {
      return nodes
          .find(node.instanceId())
          .orElseThrow(() -> denied(node.instanceId() + " is not registered."));
    }
    throw denied("Only a managed node may ask this.");
  }

  private static ApiException denied(String why) {
    return new ApiException("AccessDeniedException", why);
  }
}
