package dev.fleetmend.node.identity;

import dev.fleetmend.node.AgentLog;
import dev.fleetmend.node.http.Call;
import dev.fleetmend.node.http.ServiceClient;
import dev.fleetmend.node.http.Target;
import dev.fleetmend.node.patch.RefusedException;
import dev.fleetmend.protocol.message.Empty;
import dev.fleetmend.protocol.message.RequestManagedInstanceRoleTokenRequest;
import dev.fleetmend.protocol.message.RequestManagedInstanceRoleTokenResponse;
import dev.fleetmend.protocol.message.UpdateManagedInstancePublicKeyRequest;
import dev.fleetmend.protocol.sign.RequestSigner;
import java.io.IOException;

/**
 * Gets credentials with the node's key, and changes that key when the server says so. A new key is
 * on the disk before the server hears of it, and the old one stays there after: whichever of them
 * the server knows, after a crash of either or its return from a backup, the node has it.
 */
final class KeyRing {
  private static final String WRONG_KEY = "InvalidSignatureException";

  private final IdentityFolder identity;
  private final Registration registration;
  private final ServiceClient server;
  private final RequestSigner signer;
  private final AgentLog log;

  KeyRing(
      IdentityFolder identity,
      Registration registration,
      ServiceClient server,
      RequestSigner signer,
      AgentLog log) {
    this.identity = identity;
    this.registration = registration;
    this.server = server;
    this.signer = signer;
    this.log = log;
  }

  /** Asks for credentials. */
  RequestManagedInstanceRoleTokenResponse token() throws IOException, RefusedException {
    RequestManagedInstanceRoleTokenResponse token = tokenByAnyKey();
    if (!token.updateKeyPair()) {
      return token;
    }
    try {
      return changeKey();
    } catch (IOException | RefusedException e) {
      log.warn("the node's key could not be changed; the next try is with the next credentials", e);
      return token;
    }
  }

  private RequestManagedInstanceRoleTokenResponse tokenByAnyKey()
      throws IOException, RefusedException {
    try {
      return token(identity.key());
    } catch (RefusedException e) {
      if (!e.code().equals(WRONG_KEY)) {
        throw e;
      }
      return tokenByAnotherKey(e);
    }
  }

  private RequestManagedInstanceRoleTokenResponse tokenByAnotherKey(RefusedException refusal)
      throws IOException, RefusedException {
    for (NodeKey key : identity.otherKeys()) {
      try {
        RequestManagedInstanceRoleTokenResponse token = token(key);
        identity.use(key);
        log.info("the server knows this node by another of its keys, which is used from now on");
        return token;
      } catch (RefusedException e) {
        if (!e.code().equals(WRONG_KEY)) {
          throw e;
        }
      }
    }
    throw refusal;
  }

  private RequestManagedInstanceRoleTokenResponse changeKey() throws IOException, RefusedException {
    NodeKey next = identity.nextKey();
    server
        .signedBy(signing(identity.key()))
        .call(
            Call.of(Target.SSM, "UpdateManagedInstancePublicKey"),
            new UpdateManagedInstancePublicKeyRequest(next.publicKeyText(), "Rsa"),
            Empty.class);
    RequestManagedInstanceRoleTokenResponse token = token(next);
    identity.use(next);
    log.info("the node's key was changed");
    return token;
  }

  private RequestManagedInstanceRoleTokenResponse token(NodeKey key)
      throws IOException, RefusedException {
    return server
        .signedBy(signing(key))
        .call(
            Call.of(Target.SSM, "RequestManagedInstanceRoleToken"),
            new RequestManagedInstanceRoleTokenRequest(registration.fingerprint()),
            RequestManagedInstanceRoleTokenResponse.class);
  }

  private KeySigning signing(NodeKey key) {
    return new KeySigning(signer, registration.instanceId(), key);
  }
}
