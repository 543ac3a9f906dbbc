package dev.fleetmend.node.identity;

import dev.fleetmend.node.http.Signing;
import dev.fleetmend.protocol.sign.OutgoingRequest;
import dev.fleetmend.protocol.sign.RequestSigner;
import java.util.Map;

/** Signs with the node's own key. */
final class KeySigning implements Signing {
  private final RequestSigner signer;
  private final String instanceId;
  private final NodeKey key;

  KeySigning(RequestSigner signer, String instanceId, NodeKey key) {
    this.signer = signer;
    this.instanceId = instanceId;
    this.key = key;
  }

  @Override
  public Map<String, String> sign(OutgoingRequest request) {
    return signer.sign(request, instanceId, key.secret());
  }

  @Override
  public void unknownToServer() {}
}
