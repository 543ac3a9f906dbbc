package dev.fleetmend.server.command;

import dev.fleetmend.protocol.message.RunStatus;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.ssm.model.CloudWatchOutputConfig;
import software.amazon.awssdk.services.ssm.model.Command;
import software.amazon.awssdk.services.ssm.model.CommandInvocation;
import software.amazon.awssdk.services.ssm.model.CommandPlugin;
import software.amazon.awssdk.services.ssm.model.CommandPluginStatus;
import software.amazon.awssdk.services.ssm.model.NotificationConfig;
import software.amazon.awssdk.services.ssm.model.SendCommandRequest;

/** Commands in the shapes of the API. */
final class CommandViews {
  static final String DEFAULT_CONCURRENCY = "50";
  static final String DEFAULT_ERRORS = "0";
  private static final CloudWatchOutputConfig NO_LOGS =
      CloudWatchOutputConfig.builder()
          .cloudWatchLogGroupName("")
          .cloudWatchOutputEnabled(false)
          .build();
  private static final NotificationConfig NO_NOTIFICATION =
      NotificationConfig.builder()
          .notificationArn("")
          .notificationEvents(List.of())
          .notificationType("")
          .build();

  private CommandViews() {}

  static Command command(StoredCommand command) {
    SendCommandRequest request = command.request();
    return Command.builder()
        .commandId(command.id())
        .documentName(command.documentName())
        .documentVersion(asked(request.documentVersion()))
        .comment(asked(request.comment()))
        .expiresAfter(command.expiresAt())
        .parameters(request.parameters())
        .instanceIds(List.copyOf(request.instanceIds()))
        .targets(List.copyOf(request.targets()))
        .requestedDateTime(command.requestedAt())
        .status(command.status())
        .statusDetails(command.statusDetails())
        .outputS3Region(request.outputS3Region())
        .outputS3BucketName(asked(request.outputS3BucketName()))
        .outputS3KeyPrefix(asked(request.outputS3KeyPrefix()))
        .maxConcurrency(Objects.requireNonNullElse(request.maxConcurrency(), DEFAULT_CONCURRENCY))
        .maxErrors(Objects.requireNonNullElse(request.maxErrors(), DEFAULT_ERRORS))
        .targetCount(command.tally().targets())
        .completedCount(command.tally().ended())
        .errorCount(command.tally().errors())
        .deliveryTimedOutCount(command.tally().deliveryTimedOut())
        .serviceRole(asked(request.serviceRoleArn()))
        .notificationConfig(notification(request))
        .cloudWatchOutputConfig(logs(request))
        .timeoutSeconds((int) command.delivery().toSeconds())
        .build();
  }

  static CommandInvocation invocation(
      StoredInvocation invocation,
      StoredCommand command,
      @Nullable String instanceName,
      List<CommandPlugin> plugins) {
    return CommandInvocation.builder()
        .commandId(command.id())
        .instanceId(invocation.instanceId())
        .instanceName(asked(instanceName))
        .comment(asked(command.request().comment()))
        .documentName(command.documentName())
        .documentVersion(asked(command.request().documentVersion()))
        .requestedDateTime(invocation.requestedAt())
        .status(invocation.state().status())
        .statusDetails(invocation.state().details())
        .traceOutput(invocation.traceOutput())
        .standardOutputUrl("")
        .standardErrorUrl("")
        .commandPlugins(plugins)
        .serviceRole(asked(command.request().serviceRoleArn()))
        .notificationConfig(notification(command.request()))
        .cloudWatchOutputConfig(logs(command.request()))
        .build();
  }

  static CommandPlugin plugin(StoredStep step, SendCommandRequest request) {
    CommandPluginStatus status = status(step.status());
    return CommandPlugin.builder()
        .name(step.name())
        .status(status)
        .statusDetails(details(status))
        .responseCode(step.code())
        .responseStartDateTime(step.startedAt())
        .responseFinishDateTime(step.endedAt())
        .output(StepOutput.both(step))
        .standardOutputUrl("")
        .standardErrorUrl("")
        .outputS3Region(request.outputS3Region())
        .outputS3BucketName(asked(request.outputS3BucketName()))
        .outputS3KeyPrefix(asked(request.outputS3KeyPrefix()))
        .build();
  }

  static String details(CommandPluginStatus status) {
    return status == CommandPluginStatus.TIMED_OUT ? "ExecutionTimedOut" : status.toString();
  }

  /** As it was asked for: this server keeps output itself and writes none to CloudWatch Logs. */
  static CloudWatchOutputConfig logs(SendCommandRequest request) {
    return Objects.requireNonNullElse(request.cloudWatchOutputConfig(), NO_LOGS);
  }

  private static NotificationConfig notification(SendCommandRequest request) {
    return Objects.requireNonNullElse(request.notificationConfig(), NO_NOTIFICATION);
  }

  static CommandPluginStatus status(RunStatus status) {
    return switch (status) {
      case IN_PROGRESS, SUCCESS_AND_REBOOT -> CommandPluginStatus.IN_PROGRESS;
      case SUCCESS, SKIPPED -> CommandPluginStatus.SUCCESS;
      case FAILED -> CommandPluginStatus.FAILED;
      case TIMED_OUT -> CommandPluginStatus.TIMED_OUT;
      case CANCELLED -> CommandPluginStatus.CANCELLED;
    };
  }

  private static String asked(@Nullable String text) {
    return text == null ? "" : text;
  }
}
