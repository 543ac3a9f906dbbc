package dev.fleetmend.server.identity;

import dev.fleetmend.server.operation.Caller;
import dev.fleetmend.server.operation.Operations;

/** GetCallerIdentity, the one operation of STS that is here. */
public final class IdentityOperations {
  private static final String GET = "AWSSecurityTokenServiceV20110615.GetCallerIdentity";
  private final String account;

  /**
   * Answers for one account.
   *
   * @param account 12 digits
   */
  public IdentityOperations(String account) {
    this.account = account;
  }

  public void offer(Operations operations) {
    operations.on(GET, GetCallerIdentityRequest.class, this::get);
  }

  private GetCallerIdentityResponse get(GetCallerIdentityRequest request, Caller caller) {
    String userId =
        switch (caller) {
          case Caller.Key key -> key.accessKeyId();
          case Caller.Node node -> "managed-node:" + node.instanceId();
          case Caller.Anonymous anonymous -> "";
        };
    return new GetCallerIdentityResponse(userId, account, caller.arn(account));
  }
}
