package dev.fleetmend.server.operation;

import java.util.Objects;

/**
 * One operation of the wire.
 *
 * @param target what {@code X-Amz-Target} says, such as {@code AmazonSSM.CreatePatchBaseline}
 * @param requestType the class of its request: an SDK request, or a record
 */
public record Operation(
    String target, Class<?> requestType, Access access, Handler<Object, Object> handler) {

  static <Q> Operation of(
      String target, Class<Q> requestType, Access access, Handler<? super Q, ?> handler) {
    return new Operation(
        target,
        requestType,
        access,
        (request, caller) ->
            Objects.requireNonNull(handler.handle(requestType.cast(request), caller)));
  }
}
