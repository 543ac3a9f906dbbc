package dev.fleetmend.protocol.message;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.fleetmend.protocol.json.Naming;
import dev.fleetmend.protocol.json.RecordJson;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class MessagesTest {
  private final RecordJson operations = new RecordJson(Naming.PASCAL);
  private final RecordJson replies = new RecordJson(Naming.CAMEL);

  @Test
  void theStockAgentsHeartbeatIsRead() {
    UpdateInstanceInformationRequest beat =
        operations.read(
            """
            {"AgentName":"amazon-ssm-agent","AgentStatus":"Active","AgentVersion":"3.3.1142.0",
             "AvailabilityZone":"","ComputerName":"web01","IPAddress":"10.0.3.14",
             "InstanceId":"mi-0a1b2c3d4e5f60718","PlatformName":"Debian GNU/Linux",
             "PlatformType":"Linux","PlatformVersion":"12","SSMConnectionChannel":"ec2messages"}
            """
                .getBytes(UTF_8),
            UpdateInstanceInformationRequest.class);

    assertThat(beat.iPAddress()).isEqualTo("10.0.3.14");
    assertThat(beat.sSMConnectionChannel()).isEqualTo("ec2messages");
    assertThat(beat.instanceId()).isEqualTo("mi-0a1b2c3d4e5f60718");
  }

  @Test
  void aShortHeartbeatLeavesTheRestUnknown() {
    UpdateInstanceInformationRequest beat =
        operations.read(
            "{\"InstanceId\":\"mi-0a1b2c3d4e5f60718\"}".getBytes(UTF_8),
            UpdateInstanceInformationRequest.class);

    assertThat(beat.platformName()).isNull();
    assertThat(beat.iPAddress()).isNull();
  }

  @Test
  void aCommandsDocumentIsAnObjectAndItsParametersKeepTheirTypes() {
    SendCommandPayload payload =
        SendCommandPayload.of(
            "5b6c7d8e-0000-4000-8000-00000000000a",
            "AWS-RunShellScript",
            Map.of("schemaVersion", "1.2"),
            Map.of("commands", List.of("uname -a")));

    assertThat(new String(operations.write(payload), UTF_8))
        .isEqualTo(
            "{\"CommandId\":\"5b6c7d8e-0000-4000-8000-00000000000a\","
                + "\"DocumentName\":\"AWS-RunShellScript\","
                + "\"DocumentContent\":{\"schemaVersion\":\"1.2\"},"
                + "\"Parameters\":{\"commands\":[\"uname -a\"]},"
                + "\"OutputS3BucketName\":\"\",\"OutputS3KeyPrefix\":\"\","
                + "\"CloudWatchLogGroupName\":\"\",\"CloudWatchOutputEnabled\":\"false\"}");
  }

  @Test
  void theStockAgentsRepliesAreRead() {
    CommandReply first =
        replies.read(
            """
            {"additionalInfo":{"agent":{"lang":"en-US","name":"amazon-ssm-agent","os":"linux",
             "osver":"1","ver":"3.3.1142.0"},"dateTime":"2027-01-02T03:04:06.123Z","runId":"",
             "runtimeStatusCounts":null,"ableToOpenMGSConnection":false},
             "documentStatus":"InProgress","documentTraceOutput":"","runtimeStatus":null}
            """
                .getBytes(UTF_8),
            CommandReply.class);
    CommandReply step =
        replies.read(
            """
            {"documentStatus":"InProgress","documentTraceOutput":"","runtimeStatus":{"one":{
             "status":"Success","code":0,"name":"aws:runShellScript","output":"hi\\n",
             "startDateTime":"2027-01-02T03:04:05.900Z","endDateTime":"2027-01-02T03:04:06.100Z",
             "outputS3BucketName":"","outputS3KeyPrefix":"","stepName":"",
             "standardOutput":"hi\\n","standardError":""}}}
            """
                .getBytes(UTF_8),
            CommandReply.class);

    assertThat(first.runtimeStatus()).isEmpty();
    assertThat(RunStatus.of(first.documentStatus())).isEqualTo(RunStatus.IN_PROGRESS);
    assertThat(step.runtimeStatus().get("one"))
        .extracting(StepResult::standardOutput)
        .isEqualTo("hi\n");
  }

  @Test
  void aMessageIdNamesCommandAndNode() {
    MessageId id = new MessageId("5b6c7d8e-0000-4000-8000-00000000000a", "mi-0a1b2c3d4e5f60718");

    assertThat(MessageId.parse(id.text())).isEqualTo(id);
    assertThat(MessageId.parse("aws.ssm.x.y.z")).isNull();
    assertThat(MessageId.parse("rubbish")).isNull();
  }

  @Test
  void aTopicIsKnownByItsBeginning() {
    String text = Topic.CANCEL_COMMAND.text("us-east-1", "mi-0a1b2c3d4e5f60718");

    assertThat(text).isEqualTo("aws.ssm.cancelCommand.us-east-1.mi-0a1b2c3d4e5f60718");
    assertThat(Topic.of(text)).isEqualTo(Topic.CANCEL_COMMAND);
    assertThat(Topic.of("aws.ssm.other")).isNull();
  }
}
