package dev.fleetmend.server.rollback;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** Answer to {@link ListQuarantineRequest}. */
public record ListQuarantineResponse(List<HeldPatch> heldPatches, @Nullable String nextToken) {
  public ListQuarantineResponse {
    heldPatches = List.copyOf(heldPatches);
  }
}
