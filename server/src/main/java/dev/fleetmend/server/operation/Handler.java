package dev.fleetmend.server.operation;

/**
 * Answers one operation. The request has passed the service model's constraints and the caller the
 * operation's {@link Access}.
 *
 * @param <Q> the request: a class of the SDK's, or a record of ours
 * @param <R> the answer, or a CompletionStage of it where the request waits for something
 */
@FunctionalInterface
public interface Handler<Q, R> {
  R handle(Q request, Caller caller);
}
