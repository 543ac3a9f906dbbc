package dev.fleetmend.protocol.message;

import java.util.List;

/** Answer to {@link ListInstanceAssociationsRequest}. */
public record ListInstanceAssociationsResponse(List<Object> associations, String nextToken) {
  public ListInstanceAssociationsResponse {
    associations = List.copyOf(associations);
  }
}
