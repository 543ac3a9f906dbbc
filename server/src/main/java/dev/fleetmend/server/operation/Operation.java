package dev.fleetmend.server.operation;

import dev.fleetmend.protocol.message.MessageId;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

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

  /** The other node that a node asks about with a request; null where it asks about itself. */
  public @Nullable String foreignNode(Object request, Caller caller) {
    if (access.own() == null || !(caller instanceof Caller.Node node)) {
      return null;
    }
    for (String asked : Members.texts(request, access.own())) {
      MessageId message = MessageId.parse(asked);
      String about = message == null ? asked : message.instanceId();
      // A message id of another shape names no node, and what names none is the handler's to judge.
      boolean names = message != null || !access.own().equals("MessageId");
      if (names && !about.isEmpty() && !about.equals(node.instanceId())) {
        return about;
      }
    }
    return null;
  }
}
