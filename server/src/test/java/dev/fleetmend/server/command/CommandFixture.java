package dev.fleetmend.server.command;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.fleetmend.api.ApiException;
import dev.fleetmend.server.TestServer;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;
import software.amazon.awssdk.services.ssm.model.CancelCommandRequest;
import software.amazon.awssdk.services.ssm.model.CancelCommandResponse;
import software.amazon.awssdk.services.ssm.model.Command;
import software.amazon.awssdk.services.ssm.model.GetCommandInvocationRequest;
import software.amazon.awssdk.services.ssm.model.GetCommandInvocationResponse;
import software.amazon.awssdk.services.ssm.model.ListCommandsRequest;
import software.amazon.awssdk.services.ssm.model.ListCommandsResponse;
import software.amazon.awssdk.services.ssm.model.SendCommandRequest;
import software.amazon.awssdk.services.ssm.model.SendCommandResponse;
import software.amazon.awssdk.services.ssm.model.Target;

/** What the tests of Run Command ask of a server again and again. */
public record CommandFixture(TestServer server) {
  public String send(CommandNode node) {
    return send(request -> request.instanceIds(node.id())).commandId();
  }

  public Command send(UnaryOperator<SendCommandRequest.Builder> change) {
    SendCommandRequest.Builder request =
        SendCommandRequest.builder()
            .documentName("AWS-RunShellScript")
            .parameters(Map.of("commands", List.of("uptime")));
    return server.call(change.apply(request).build(), SendCommandResponse.class).command();
  }

  public static Target tag(String key, String... values) {
    return Target.builder().key("tag:" + key).values(values).build();
  }

  public void cancel(String commandId, String... instances) {
    server.call(
        CancelCommandRequest.builder().commandId(commandId).instanceIds(instances).build(),
        CancelCommandResponse.class);
  }

  public Command command(String id) {
    return server
        .call(ListCommandsRequest.builder().commandId(id).build(), ListCommandsResponse.class)
        .commands()
        .getFirst();
  }

  public String status(String id) {
    Command command = command(id);
    return command.statusAsString() + "/" + command.statusDetails();
  }

  public GetCommandInvocationResponse invocation(String id, CommandNode node) {
    return server.call(
        GetCommandInvocationRequest.builder().commandId(id).instanceId(node.id()).build(),
        GetCommandInvocationResponse.class);
  }

  public String status(String id, CommandNode node) {
    GetCommandInvocationResponse invocation = invocation(id, node);
    return invocation.statusAsString() + "/" + invocation.statusDetails();
  }

  public static void assertCode(String code, Runnable call) {
    assertThatThrownBy(call::run)
        .isInstanceOfSatisfying(ApiException.class, e -> assertThat(e.code()).isEqualTo(code));
  }
}
