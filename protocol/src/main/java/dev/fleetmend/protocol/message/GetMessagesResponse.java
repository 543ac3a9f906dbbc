package dev.fleetmend.protocol.message;

import java.util.List;

/** Answer to {@link GetMessagesRequest}; no messages when nothing came while it was held. */
public record GetMessagesResponse(
    String destination, String messagesRequestId, List<Message> messages) {
  public GetMessagesResponse {
    messages = List.copyOf(messages);
  }
}
