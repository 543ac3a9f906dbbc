package dev.fleetmend.server.access;

import dev.fleetmend.api.ApiException;
import dev.fleetmend.protocol.sign.Authorization;
import dev.fleetmend.protocol.sign.SignableRequest;
import dev.fleetmend.protocol.sign.SignatureCheck;
import dev.fleetmend.protocol.sign.SignatureRefusedException;
import dev.fleetmend.server.operation.Access;
import dev.fleetmend.server.operation.Caller;
import dev.fleetmend.server.operation.Operation;
import dev.fleetmend.server.operation.Operations;
import java.security.PublicKey;
import java.time.Clock;

/**
 * Tells who sent a request, by its signature. A managed node proves its own key to get credentials
 * or to change that key, and uses its credentials for all else.
 */
public final class Authenticator {
  private final Operations operations;
  private final AccessKeys accessKeys;
  private final NodeCredentials nodeCredentials;
  private final NodeKeys nodeKeys;
  private final SignatureCheck api;
  private final SignatureCheck messages;
  private final SignatureCheck tokens;
  private final SignatureCheck channels;

  public Authenticator(
      String region,
      Clock clock,
      Operations operations,
      AccessKeys accessKeys,
      NodeCredentials nodeCredentials,
      NodeKeys nodeKeys) {
    this.operations = operations;
    this.accessKeys = accessKeys;
    this.nodeCredentials = nodeCredentials;
    this.nodeKeys = nodeKeys;
    this.api = new SignatureCheck(region, "ssm", clock);
    this.messages = new SignatureCheck(region, "ec2messages", clock);
    this.tokens = new SignatureCheck(region, "sts", clock);
    this.channels = new SignatureCheck(region, "ssmmessages", clock);
  }

  /**
   * The caller that a request's signature proves.
   *
   * @param authorization the request's own, taken apart
   * @param target the operation asked for
   * @throws ApiException in AWS's words, where it proves nobody
   */
  public Caller authenticate(SignableRequest request, Authorization authorization, String target) {
    SignatureCheck check = check(target);
    try {
      if (authorization.byNodeKey()) {
        return byNodeKey(check, request, authorization, target);
      }
      if (!nodeCredentials.isNodeKey(authorization.accessKeyId())) {
        return byAccessKey(check, request, authorization);
      }
      if (wantsNodeKey(target)) {
        throw nobody();
      }
      return byNodeCredentials(check, request, authorization);
    } catch (SignatureRefusedException e) {
      throw refused(e);
    }
  }

  private boolean wantsNodeKey(String target) {
    Operation operation = operations.find(target);
    return operation != null && operation.access().nodes() == Access.Nodes.KEY;
  }

  private SignatureCheck check(String target) {
    if (target.startsWith("EC2WindowsMessageDeliveryService.")) {
      return messages;
    }
    return target.startsWith("AWSSecurityTokenServiceV20110615.") ? tokens : api;
  }

  /**
   * The node that asks for a control channel, as its request's signature proves.
   *
   * @throws ApiException in AWS's words, where it proves no node
   */
  public Caller authenticateChannel(SignableRequest request, Authorization authorization) {
    try {
      if (!nodeCredentials.isNodeKey(authorization.accessKeyId())) {
        throw nobody();
      }
      return byNodeCredentials(channels, request, authorization);
    } catch (SignatureRefusedException e) {
      throw refused(e);
    }
  }

  /** A refused signature as the API answers it. */
  public static ApiException refused(SignatureRefusedException refusal) {
    String message = refusal.getMessage();
    return new ApiException(refusal.code(), message == null ? "" : message);
  }

  private Caller byAccessKey(
      SignatureCheck check, SignableRequest request, Authorization authorization)
      throws SignatureRefusedException {
    AccessKey key = accessKeys.find(authorization.accessKeyId()).orElseThrow(Authenticator::nobody);
    check.verify(request, authorization, key.secret());
    return new Caller.Key(key.id(), key.role());
  }

  private Caller byNodeCredentials(
      SignatureCheck check, SignableRequest request, Authorization authorization)
      throws SignatureRefusedException {
    String token = request.header("x-amz-security-token");
    NodeCredentials.Proven proven =
        nodeCredentials
            .prove(authorization.accessKeyId(), token == null ? "" : token)
            .orElseThrow(Authenticator::nobody);
    check.verify(request, authorization, proven.secret());
    if (proven.expired()) {
      throw new ApiException(
          "ExpiredTokenException", "The security token included in the request is expired");
    }
    if (nodeKeys.find(proven.instanceId()).isEmpty()) {
      throw nobody();
    }
    return new Caller.Node(proven.instanceId());
  }

  private Caller byNodeKey(
      SignatureCheck check, SignableRequest request, Authorization authorization, String target)
      throws SignatureRefusedException {
    if (!wantsNodeKey(target)) {
      throw nobody();
    }
    PublicKey key =
        nodeKeys
            .find(authorization.accessKeyId())
            .orElseThrow(
                () ->
                    new ApiException(
                        "AccessDeniedException", "The managed node is not registered here."));
    try {
      check.verify(request, authorization, key);
    } catch (SignatureRefusedException e) {
      PublicKey announced = nodeKeys.announced(authorization.accessKeyId()).orElseThrow(() -> e);
      check.verify(request, authorization, announced);
      nodeKeys.used(authorization.accessKeyId(), announced);
    }
    return new Caller.Node(authorization.accessKeyId());
  }

  private static ApiException nobody() {
    return new ApiException(
        "UnrecognizedClientException", "The security token included in the request is invalid.");
  }
}
