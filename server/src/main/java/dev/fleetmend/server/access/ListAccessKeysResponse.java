package dev.fleetmend.server.access;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** Answer to {@code Fleetmend.ListAccessKeys}. */
record ListAccessKeysResponse(List<AccessKeySummary> accessKeys, @Nullable String nextToken) {
  ListAccessKeysResponse {
    accessKeys = List.copyOf(accessKeys);
  }
}
