package dev.fleetmend.server.operation;

import java.util.Map;
import java.util.TreeMap;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.ssm.model.SsmRequest;

/** What the server can do, by target. Filled once at start-up; the capabilities offer into it. */
public final class Operations {
  private static final String SSM = "AmazonSSM.";
  private final Map<String, Operation> byTarget = new TreeMap<>();

  /** Offers an operation of the SDK's model, for administrators. */
  public <Q extends SsmRequest> void on(Class<Q> requestType, Handler<? super Q, ?> handler) {
    on(requestType, Access.ADMINISTRATOR, handler);
  }

  /** Offers an operation of the SDK's model. */
  public <Q extends SsmRequest> void on(
      Class<Q> requestType, Access access, Handler<? super Q, ?> handler) {
    add(Operation.of(target(requestType), requestType, access, null, handler));
  }

  /**
   * Offers an operation of the SDK's model that a node may call about itself, and people about any
   * node.
   *
   * @param about the node that a request speaks of
   */
  public <Q extends SsmRequest> void onNode(
      Class<Q> requestType, Function<? super Q, String> about, Handler<? super Q, ?> handler) {
    add(
        Operation.of(
            target(requestType), requestType, Access.ADMINISTRATOR_OR_NODE, about, handler));
  }

  /** Offers an operation that the model does not have; request and answer are records. */
  public <Q extends Record> void on(
      String target, Class<Q> requestType, Access access, Handler<? super Q, ?> handler) {
    add(Operation.of(target, requestType, access, null, handler));
  }

  private static String target(Class<?> requestType) {
    return SSM + requestType.getSimpleName().replaceFirst("Request$", "");
  }

  private void add(Operation operation) {
    if (byTarget.putIfAbsent(operation.target(), operation) != null) {
      throw new IllegalStateException(operation.target() + " is offered twice");
    }
  }

  /** The operation of a target, or null. */
  public @Nullable Operation find(String target) {
    return byTarget.get(target);
  }

  /** All operations, by target. */
  public Map<String, Operation> all() {
    return Map.copyOf(byTarget);
  }
}
