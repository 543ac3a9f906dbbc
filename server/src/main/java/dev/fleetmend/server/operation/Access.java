package dev.fleetmend.server.operation;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A row of the {@link AccessTable}: who may call an operation, and what the audit says of it.
 *
 * @param action as policies and refusals name the operation, such as {@code ssm:SendCommand}
 * @param keys the least role of access keys that may; null for none
 * @param anyone whether unsigned requests may too
 * @param nodes what nodes may
 * @param own the member by which a request names the node it is about; null where it names none
 * @param resources the members by which requests and answers name what they are about
 */
public record Access(
    Action action,
    @Nullable Role keys,
    boolean anyone,
    Nodes nodes,
    @Nullable String own,
    Effect effect,
    List<ResourceMember> resources) {

  /** What managed nodes may with an operation. */
  public enum Nodes {
    /** Nothing. */
    NONE,
    /** Call it about themselves. */
    OWN,
    /** Call it: it shows no node's data. */
    ANY,
    /** Call it with their own key's signature instead of credentials. */
    KEY
  }

  public Access {
    resources = List.copyOf(resources);
  }

  /** Whether a caller may call the operation at all. */
  public boolean admits(Caller caller) {
    return anyone
        || switch (caller) {
          case Caller.Key key -> keys != null && key.role().includes(keys);
          case Caller.Node node -> nodes != Nodes.NONE;
          case Caller.Anonymous anonymous -> false;
        };
  }
}
