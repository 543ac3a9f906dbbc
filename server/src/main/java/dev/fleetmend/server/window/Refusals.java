package dev.fleetmend.server.window;

import dev.fleetmend.api.ApiException;

/** The refusals that the operations of maintenance windows share. */
final class Refusals {
  private Refusals() {}

  static ApiException validation(String message) {
    return new ApiException("ValidationException", message);
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
