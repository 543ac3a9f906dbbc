package dev.fleetmend.server.http;

import dev.fleetmend.api.ApiException;
import dev.fleetmend.api.OperationTable;
import dev.fleetmend.server.audit.Attempt;
import dev.fleetmend.server.audit.AuditTrail;
import dev.fleetmend.server.audit.Origin;
import dev.fleetmend.server.audit.Who;
import dev.fleetmend.server.operation.Access;
import dev.fleetmend.server.operation.Action;
import dev.fleetmend.server.operation.Caller;
import dev.fleetmend.server.operation.Denial;
import dev.fleetmend.server.operation.Operation;
import dev.fleetmend.server.operation.Operations;
import dev.fleetmend.server.operation.Resources;
import dev.fleetmend.server.quota.Quotas;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/** Takes a request of a known caller to its operation: access, codec, constraints, handler. */
public final class Dispatcher {
  private static final String SSM = "AmazonSSM.";

  private final Operations operations;
  private final AuditTrail audit;
  private final Throttle throttle;
  private final Resources resources;
  private final Denial denial;
  private final OperationTable table = new OperationTable();
  private final OperationCodec codec = new OperationCodec();
  private final Failures failures = new Failures(codec);

  /**
   * Dispatches to some operations.
   *
   * @param quotas how much one caller may ask for
   * @param region the region that ARNs in error messages name
   * @param account the account that ARNs in error messages name
   */
  public Dispatcher(
      Operations operations, AuditTrail audit, Quotas quotas, String region, String account) {
    this.throttle = new Throttle(quotas);
    this.operations = operations;
    this.audit = audit;
    this.resources = new Resources(region, account);
    this.denial = new Denial(account);
  }

  /**
   * Carries out one request. The stage never completes exceptionally: what fails is answered.
   *
   * @param target as {@code X-Amz-Target} gives it
   */
  public CompletionStage<Answer> dispatch(
      String target, Caller caller, byte[] body, Origin origin) {
    Attempt attempt = audit.attempt(Who.of(caller), Action.of(target), origin);
    try {
      Object answer =
          throttle.during(
              target, caller, () -> answer(operation(target, caller), caller, body, attempt));
      if (answer instanceof CompletionStage<?> later) {
        return later
            .thenApply(value -> Answer.ok(codec.encode(value)))
            .exceptionally(failure -> failures.answer(failure, target, origin.requestId()));
      }
      return CompletableFuture.completedStage(Answer.ok(codec.encode(answer)));
    } catch (RuntimeException | StackOverflowError e) {
      Failures.Failure failure = failures.failure(e, target, origin.requestId());
      if (failure.code().equals(Denial.CODE)) {
        attempt.refused(failure.code());
      } else if (failure.code().equals(Throttle.CODE)) {
        attempt.throttled(failure.code());
      } else {
        attempt.failed(failure.code());
      }
      return CompletableFuture.completedStage(failures.answer(failure));
    }
  }

  private Object answer(Operation operation, Caller caller, byte[] body, Attempt attempt) {
    Access access = operation.access();
    if (access.effect().isChangeBy(caller)) {
      attempt.changes();
    }
    if (!access.admits(caller)) {
      Object asked = decoded(operation, body);
      if (asked != null) {
        attempt.about(() -> resources.of(access, asked));
      }
      throw denial.of(caller, access.action(), resources.asked(access, asked));
    }
    Object request = codec.decode(operation, body);
    attempt.about(() -> resources.of(access, request));
    String other = operation.foreignNode(request, caller);
    if (other != null) {
      throw denial.of(caller, access.action(), resources.node(other));
    }
    attempt.makes(made -> resources.made(access, made));
    Object answer = attempt.during(() -> handled(operation, request, caller));
    attempt.done();
    return answer;
  }

  private Object handled(Operation operation, Object request, Caller caller) {
    try {
      return operation.handler().handle(request, caller);
    } catch (ApiException e) {
      throw worded(e, operation, request, caller);
    }
  }

  /** What is answered to requests that are not dispatched. */
  Refusals refusals() {
    return new Refusals(failures, audit, resources, denial);
  }

  Failures failures() {
    return failures;
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

  /** What a request that is refused anyway is about, where that can be read. */
  private @Nullable Object decoded(Operation operation, byte[] body) {
    try {
      return codec.decode(operation, body);
    } catch (RuntimeException | StackOverflowError e) {
      return null;
    }
  }

  /** Whatever a handler says to a node that asks for what is another's, it hears AWS's words. */
  private RuntimeException worded(
      ApiException e, Operation operation, Object request, Caller caller) {
    return e.code().equals(Denial.CODE)
        ? denial.of(
            caller, operation.access().action(), resources.asked(operation.access(), request))
        : e;
  }
}
