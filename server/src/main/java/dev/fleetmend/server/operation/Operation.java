package dev.fleetmend.server.operation;

import java.util.Objects;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * One operation of the wire.
 *
 * @param target what {@code X-Amz-Target} says, such as {@code AmazonSSM.CreatePatchBaseline}
 * @param requestType the class of its request: an SDK request, or a record
 * @param about the node that a request speaks of, or null where the handler looks to that
 */
public record Operation(
    String target,
    Class<?> requestType,
    Access access,
    @Nullable Function<Object, String> about,
    Handler<Object, Object> handler) {

  static <Q> Operation of(
      String target,
      Class<Q> requestType,
      Access access,
      @Nullable Function<? super Q, String> about,
      Handler<? super Q, ?> handler) {
    return new Operation(
        target,
        requestType,
        access,
        about == null ? null : request -> about.apply(requestType.cast(request)),
        (request, caller) ->
            Objects.requireNonNull(handler.handle(requestType.cast(request), caller)));
  }

  /** The other node that a node asks about with a request; null where it asks about itself. */
  public @Nullable String foreignNode(Object request, Caller caller) {
    if (about == null || !(caller instanceof Caller.Node node)) {
      return null;
    }
    String asked = about.apply(request);
    return node.instanceId().equals(asked) ? null : asked;
  }
}
