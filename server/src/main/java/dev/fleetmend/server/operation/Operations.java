package dev.fleetmend.server.operation;

import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.ssm.model.SsmRequest;

/**
 * What the server can do, by target. Filled once at start-up: the capabilities offer into it, and
 * the access table says for whom.
 */
public final class Operations {
  private static final String SSM = "AmazonSSM.";
  private final Map<String, Operation> byTarget = new TreeMap<>();
  private final AccessTable table;

  public Operations(AccessTable table) {
    this.table = table;
  }

  /** Offers an operation of the SDK's model. */
  public <Q extends SsmRequest> void on(Class<Q> requestType, Handler<? super Q, ?> handler) {
    add(SSM + requestType.getSimpleName().replaceFirst("Request$", ""), requestType, handler);
  }

  /** Offers an operation that the model does not have; request and answer are records. */
  public <Q extends Record> void on(
      String target, Class<Q> requestType, Handler<? super Q, ?> handler) {
    add(target, requestType, handler);
  }

  private <Q> void add(String target, Class<Q> requestType, Handler<? super Q, ?> handler) {
    Operation operation = Operation.of(target, requestType, table.of(target), handler);
    if (byTarget.putIfAbsent(target, operation) != null) {
      throw new IllegalStateException(target + " is offered twice");
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
