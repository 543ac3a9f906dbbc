package dev.fleetmend.server.operation;

import dev.fleetmend.api.ApiException;

/** AWS's words for a caller who may not. */
public final class Denial {
  public static final String CODE = "AccessDeniedException";

  private final String account;

  /**
   * Denies in one account.
   *
   * @param account 12 digits
   */
  public Denial(String account) {
    this.account = account;
  }

  /** The refusal of an action on a resource. */
  public ApiException of(Caller caller, Action action, String resource) {
    return new ApiException(CODE, text(caller, action, resource));
  }

  /** What the caller reads. */
  public String text(Caller caller, Action action, String resource) {
    return "User: "
        + caller.arn(account)
        + " is not authorized to perform: "
        + action
        + " on resource: "
        + resource
        + " because no identity-based policy allows the "
        + action
        + " action";
  }
}
