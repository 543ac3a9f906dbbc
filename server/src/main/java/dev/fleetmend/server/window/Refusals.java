package dev.fleetmend.server.window;

import dev.fleetmend.api.ApiException;
import org.jspecify.annotations.Nullable;

/** The refusals that the operations of maintenance windows share. */
final class Refusals {
  private Refusals() {}

  static ApiException validation(String message) {
    return new ApiException("ValidationException", message);
  }

  /** Refuses the absence of a member that Replace demands. */
  static void require(String member, @Nullable Object value) {
    if (value == null) {
      throw validation(
          "Value null at '" + member + "' failed to satisfy constraint: Member must not be null");
    }
  }

  static ApiException noWindow(String windowId) {
    return notThere("Maintenance window", windowId);
  }

  static ApiException notThere(String what, String id) {
    return new ApiException("DoesNotExistException", what + " " + id + " does not exist");
  }

  static ApiException limit(String what, int most) {
    return new ApiException(
        "ResourceLimitExceededException", what + ": the limit is " + most + ".");
  }
}
