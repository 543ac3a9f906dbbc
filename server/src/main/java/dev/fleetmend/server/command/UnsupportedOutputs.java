package dev.fleetmend.server.command;

import dev.fleetmend.api.ApiException;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.ssm.model.CloudWatchOutputConfig;
import software.amazon.awssdk.services.ssm.model.NotificationConfig;
import software.amazon.awssdk.services.ssm.model.SendCommandRequest;

/** Places that results could go to and that this server has not: refused, rather than lost. */
final class UnsupportedOutputs {
  private UnsupportedOutputs() {}

  static void refuse(SendCommandRequest request) {
    if (given(request.outputS3BucketName())) {
      throw new ApiException(
          "InvalidOutputFolder",
          "This server writes no output to S3. Leave OutputS3BucketName out and read the output"
              + " with GetCommandInvocation.");
    }
    NotificationConfig notification = request.notificationConfig();
    if (notification != null && given(notification.notificationArn())) {
      throw new ApiException(
          "InvalidNotificationConfig", "This server sends no notifications to topics.");
    }
    CloudWatchOutputConfig logs = request.cloudWatchOutputConfig();
    if (logs != null && Boolean.TRUE.equals(logs.cloudWatchOutputEnabled())) {
      throw new ApiException(
          "ValidationException", "This server writes no output to CloudWatch Logs.");
    }
  }

  private static boolean given(@Nullable String text) {
    return text != null && !text.isEmpty();
  }
}
