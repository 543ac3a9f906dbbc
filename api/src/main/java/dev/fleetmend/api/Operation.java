package dev.fleetmend.api;

import software.amazon.awssdk.core.SdkPojo;
import software.amazon.awssdk.services.ssm.model.SsmRequest;
import software.amazon.awssdk.services.ssm.model.SsmResponse;

/**
 * One operation of SSM's public API.
 *
 * @param name as in {@code X-Amz-Target: AmazonSSM.<name>}
 */
public record Operation(
    String name, Class<? extends SsmRequest> request, Class<? extends SsmResponse> response) {
  /** An empty builder of the request. */
  SdkPojo requestBuilder() {
    return builder(request);
  }

  static SdkPojo builder(Class<?> type) {
    try {
      return (SdkPojo) type.getMethod("builder").invoke(null);
    } catch (ReflectiveOperationException e) {
      throw new IllegalStateException("no builder for " + type, e);
    }
  }
}
