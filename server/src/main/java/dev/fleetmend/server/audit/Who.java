package dev.fleetmend.server.audit;

import dev.fleetmend.server.operation.Caller;
import java.util.regex.Pattern;

/**
 * Who asked, as the audit says it.
 *
 * @param type {@code key}, {@code node}, {@code claimed} for an id that no signature proved, or
 *     {@code local} for whoever owns the server's machine
 * @param id of the access key or the node; may be empty
 * @param role the key's; else empty
 */
public record Who(String type, String id, String role) {
  /** Somebody on the server's own machine, with its data folder. */
  public static final Who LOCAL = new Who("local", "", "");

  private static final Pattern ID = Pattern.compile("[A-Za-z0-9-]{1,64}");

  /** A caller whose signature was proven, or who gave none. */
  public static Who of(Caller caller) {
    return switch (caller) {
      case Caller.Key key -> new Who("key", key.accessKeyId(), key.role().text());
      case Caller.Node node -> new Who("node", node.instanceId(), "");
      case Caller.Anonymous anonymous -> claimed("");
    };
  }

  /** Somebody who says to be the owner of an id, which nothing proves. */
  public static Who claimed(String id) {
    return new Who("claimed", ID.matcher(id).matches() ? id : "", "");
  }

  /**
   * Whether its refusals are counted rather than recorded each, past a number: it may be anyone.
   */
  boolean isBounded() {
    return type.equals("node") || type.equals("claimed");
  }
}
