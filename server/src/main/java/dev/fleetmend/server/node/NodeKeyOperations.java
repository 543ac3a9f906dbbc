package dev.fleetmend.server.node;

import dev.fleetmend.api.ApiException;
import dev.fleetmend.protocol.message.Empty;
import dev.fleetmend.protocol.message.UpdateManagedInstancePublicKeyRequest;
import dev.fleetmend.server.operation.Caller;
import dev.fleetmend.server.operation.Operations;
import dev.fleetmend.server.store.Store;
import java.security.PublicKey;

/** How nodes change their keys, and how administrators have them do it. */
public final class NodeKeyOperations {
  private static final int MOST_AT_ONCE = 50;

  private final Store store;
  private final NodeKeyRing keys;

  public NodeKeyOperations(Store store, NodeKeyRing keys) {
    this.store = store;
    this.keys = keys;
  }

  public void offer(Operations operations) {
    operations.on(
        "AmazonSSM.UpdateManagedInstancePublicKey",
        UpdateManagedInstancePublicKeyRequest.class,
        this::announce);
    operations.on(
        "Fleetmend.RotateNodeKeys", RotateNodeKeys.class, (request, caller) -> rotate(request));
  }

  private Empty announce(UpdateManagedInstancePublicKeyRequest request, Caller caller) {
    PublicKey key = PublicKeys.rsa(request.newPublicKey());
    boolean known =
        caller instanceof Caller.Node node
            && store.<Boolean, RuntimeException>write(
                tx -> keys.announce(tx, node.instanceId(), key));
    if (!known) {
      throw new ApiException(
          "AccessDeniedException", "Only a managed node may ask this, and of itself.");
    }
    return new Empty();
  }

  private RotateNodeKeys rotate(RotateNodeKeys request) {
    int count = request.instanceIds().size();
    if (count < 1 || count > MOST_AT_ONCE) {
      throw new ApiException(
          "ValidationException", "InstanceIds must have 1 to " + MOST_AT_ONCE + " members.");
    }
    store.change(
        tx -> {
          for (String id : request.instanceIds()) {
            if (!keys.want(tx, id)) {
              throw new ApiException(
                  "InvalidInstanceId", "The instance ID " + id + " is not valid.");
            }
          }
        });
    return request;
  }
}
