package dev.fleetmend.server.http;

import dev.fleetmend.api.ApiException;
import dev.fleetmend.api.OperationTable;
import dev.fleetmend.server.operation.Action;
import dev.fleetmend.server.operation.Caller;
import dev.fleetmend.server.operation.Denial;
import dev.fleetmend.server.operation.Operation;
import dev.fleetmend.server.operation.Operations;
import dev.fleetmend.server.operation.Resources;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/** Takes a request of a known caller to its operation: access, codec, constraints, handler. */
public final class Dispatcher {
  private static final String SSM = "AmazonSSM.";

  private final Operations operations;
  private final Resources resources;
  private final Denial denial;
  private final OperationTable table = new OperationTable();
  private final OperationCodec codec = new OperationCodec();
  private final Failures failures = new Failures(codec);

  /**
   * Dispatches to some operations.
   *
   * @param region the region that ARNs in error messages name
   * @param account the account that ARNs in error messages name
   */
  public Dispatcher(Operations operations, String region, String account) {
    this.operations = operations;
    this.resources = new Resources(region, account);
    this.denial = new Denial(account);
  }

  /**
   * Carries out one request. The stage never completes exceptionally: what fails is answered.
   *
   * @param target as {@code X-Amz-Target} gives it
   */
  public CompletionStage<Answer> dispatch(
      String target, Caller caller, byte[] body, String requestId) {
    try {
      Operation operation = operation(target, caller);
      authorize(operation, caller, body);
      Object request = codec.decode(operation, body);
      String other = operation.foreignNode(request, caller);
      if (other != null) {
        throw denied(operation, caller, resources.node(other));
      }
      Object answer = handled(operation, request, caller);
      if (answer instanceof CompletionStage<?> later) {
        return later
            .thenApply(value -> Answer.ok(codec.encode(value)))
            .exceptionally(failure -> failures.answer(failure, target, requestId));
      }
      return CompletableFuture.completedStage(Answer.ok(codec.encode(answer)));
    } catch (RuntimeException | StackOverflowError e) {
      return CompletableFuture.completedStage(failures.answer(e, target, requestId));
    }
  }

  private Object handled(Operation operation, Object request, Caller caller) {
    try {
      return operation.handler().handle(request, caller);
    } catch (ApiException e) {
      throw worded(e, operation, request, caller);
    }
  }

  Failures failures() {
    return failures;
  }

  Answer failed(Throwable failure, String target, String requestId) {
    return failures.answer(failure, target, requestId);
  }

  private Operation operation(String target, Caller caller) {
    Operation operation = operations.find(target);
    if (operation != null) {
      return operation;
    }
    if (target.startsWith(SSM) && table.find(target.substring(SSM.length())).isPresent()) {
      if (caller instanceof Caller.Node) {
        throw denial.of(caller, Action.of(target), resources.all());
      }
      throw new ApiException(
          "UnsupportedOperationException",
          target.substring(SSM.length()) + " is not supported by this server.");
    }
    throw new ApiException("UnknownOperationException", "The operation is not known.");
  }

  private void authorize(Operation operation, Caller caller, byte[] body) {
    if (!operation.access().admits(caller)) {
      throw denied(
          operation, caller, resources.asked(operation.access(), decoded(operation, body)));
    }
  }

  /** What a request that is refused anyway is about, where that can be read. */
  private @Nullable Object decoded(Operation operation, byte[] body) {
    try {
      return codec.decode(operation, body);
    } catch (RuntimeException | StackOverflowError e) {
      return null;
    }
  }

  private ApiException denied(Operation operation, Caller caller, String resource) {
    return denial.of(caller, operation.access().action(), resource);
  }

  /** Whatever a handler says to a node that asks for what is another's, it hears AWS's words. */
  private RuntimeException worded(
      ApiException e, Operation operation, Object request, Caller caller) {
    return e.code().equals(Denial.CODE)
        ? denied(operation, caller, resources.asked(operation.access(), request))
        : e;
  }
}
