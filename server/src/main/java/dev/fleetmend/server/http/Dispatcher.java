package dev.fleetmend.server.http;

import dev.fleetmend.api.ApiException;
import dev.fleetmend.api.OperationTable;
import dev.fleetmend.server.operation.Caller;
import dev.fleetmend.server.operation.Operation;
import dev.fleetmend.server.operation.Operations;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/** Takes a request of a known caller to its operation: access, codec, constraints, handler. */
public final class Dispatcher {
  private static final String SSM = "AmazonSSM.";

  private final Operations operations;
  private final String region;
  private final String account;
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
    this.region = region;
    this.account = account;
  }

  /**
   * Carries out one request. The stage never completes exceptionally: what fails is answered.
   *
   * @param target as {@code X-Amz-Target} gives it
   */
  public CompletionStage<Answer> dispatch(
      String target, Caller caller, byte[] body, String requestId) {
    try {
      Operation operation = operation(target);
      if (!operation.access().admits(caller)) {
        throw denied(target, caller, "");
      }
      Object request = codec.decode(operation, body);
      String other = operation.foreignNode(request, caller);
      if (other != null) {
        String resource = "arn:aws:ssm:" + region + ":" + account + ":managed-instance/" + other;
        throw denied(target, caller, " on resource: " + resource);
      }
      Object answer = operation.handler().handle(request, caller);
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

  Failures failures() {
    return failures;
  }

  Answer failed(Throwable failure, String target, String requestId) {
    return failures.answer(failure, target, requestId);
  }

  private Operation operation(String target) {
    Operation operation = operations.find(target);
    if (operation != null) {
      return operation;
    }
    if (target.startsWith(SSM) && table.find(target.substring(SSM.length())).isPresent()) {
      throw new ApiException(
          "UnsupportedOperationException",
          target.substring(SSM.length()) + " is not supported by this server.");
    }
    throw new ApiException("UnknownOperationException", "The operation is not known.");
  }

  private ApiException denied(String target, Caller caller, String onResource) {
    String action = target.replace(SSM, "ssm:").replace("Fleetmend.", "fleetmend:");
    return new ApiException(
        "AccessDeniedException",
        "User: "
            + caller.arn(account)
            + " is not authorized to perform: "
            + action
            + onResource
            + " because no identity-based policy allows the "
            + action
            + " action");
  }
}
