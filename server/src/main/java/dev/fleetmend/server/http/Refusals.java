package dev.fleetmend.server.http;

import dev.fleetmend.api.ApiException;
import dev.fleetmend.protocol.sign.Authorization;
import dev.fleetmend.server.audit.Attempt;
import dev.fleetmend.server.audit.AuditTrail;
import dev.fleetmend.server.audit.Origin;
import dev.fleetmend.server.audit.Who;
import dev.fleetmend.server.operation.Action;
import dev.fleetmend.server.operation.Caller;
import dev.fleetmend.server.operation.Denial;
import dev.fleetmend.server.operation.Resources;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Refusals of requests that never get as far as an operation: recorded, and put into words. */
final class Refusals {
  private static final int SERVER_ERRORS = 500;

  private final Failures failures;
  private final AuditTrail audit;
  private final Resources resources;
  private final Denial denial;

  Refusals(Failures failures, AuditTrail audit, Resources resources, Denial denial) {
    this.failures = failures;
    this.audit = audit;
    this.resources = resources;
    this.denial = denial;
  }

  /** What a request is told whose signature proves nobody, or which can't be read. */
  Failures.Failure unproven(
      Throwable cause, String target, @Nullable Authorization claimed, Origin origin) {
    Failures.Failure failure = failures.failure(cause, target, origin.requestId());
    if (failure.status() < SERVER_ERRORS) {
      String id = claimed == null ? "" : claimed.accessKeyId();
      audit.unproven(id, Action.of(target), origin, failure.code());
    }
    return failure;
  }

  /** As {@link #unproven}, as an answer. */
  Answer answer(Throwable cause, String target, @Nullable Authorization claimed, Origin origin) {
    return failures.answer(unproven(cause, target, claimed, origin));
  }

  /** The refusal of what is another node's. */
  ApiException foreign(Caller caller, String target, String node, Origin origin) {
    Action action = Action.of(target);
    Attempt attempt = audit.attempt(Who.of(caller), action, origin);
    attempt.about(() -> List.of(resources.node(node)));
    attempt.refused(Denial.CODE);
    return denial.of(caller, action, resources.node(node));
  }
}
