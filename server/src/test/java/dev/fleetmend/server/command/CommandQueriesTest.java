package dev.fleetmend.server.command;

import static dev.fleetmend.server.command.CommandFixture.assertCode;
import static org.assertj.core.api.Assertions.assertThat;

import dev.fleetmend.server.Databases;
import dev.fleetmend.server.TestServer;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import software.amazon.awssdk.services.ssm.model.Command;
import software.amazon.awssdk.services.ssm.model.CommandFilter;
import software.amazon.awssdk.services.ssm.model.CommandInvocation;
import software.amazon.awssdk.services.ssm.model.GetCommandInvocationRequest;
import software.amazon.awssdk.services.ssm.model.GetCommandInvocationResponse;
import software.amazon.awssdk.services.ssm.model.ListCommandInvocationsRequest;
import software.amazon.awssdk.services.ssm.model.ListCommandInvocationsResponse;
import software.amazon.awssdk.services.ssm.model.ListCommandsRequest;
import software.amazon.awssdk.services.ssm.model.ListCommandsResponse;

class CommandQueriesTest {
  @TempDir private Path folder;

  @ParameterizedTest
  @EnumSource
  void commandsAreListedNewestFirstInPages(Databases engine) {
    try (TestServer server = TestServer.start(engine, folder)) {
      CommandFixture run = new CommandFixture(server);
      CommandNode node = CommandNode.online(server, "web01");
      List<String> sent = new ArrayList<>();
      for (int i = 0; i < 5; i++) {
        sent.addFirst(run.send(node));
        if (i % 2 == 0) {
          server.clock().advance(Duration.ofSeconds(1));
        }
      }

      List<String> listed = new ArrayList<>();
      ListCommandsRequest request = ListCommandsRequest.builder().maxResults(2).build();
      String token = null;
      do {
        ListCommandsResponse page =
            server.call(request.toBuilder().nextToken(token).build(), ListCommandsResponse.class);
        page.commands().forEach(command -> listed.add(command.commandId()));
        token = page.nextToken();
      } while (token != null);

      assertThat(listed).containsExactlyInAnyOrderElementsOf(sent);
      assertThat(listed.getLast()).isEqualTo(sent.getLast());
    }
  }

  @ParameterizedTest
  @EnumSource
  void filtersNarrowBothLists(Databases engine) {
    try (TestServer server = TestServer.start(engine, folder)) {
      CommandFixture run = new CommandFixture(server);
      CommandNode one = CommandNode.online(server, "web01");
      CommandNode two = CommandNode.online(server, "web02");
      String done = run.send(one);
      one.finish(done, "Failed", 1);
      server.clock().advance(Duration.ofMinutes(1));
      String open = run.send(two);

      assertThat(commands(server, "ExecutionStage", "Complete")).containsExactly(done);
      assertThat(commands(server, "ExecutionStage", "Executing")).containsExactly(open);
      assertThat(commands(server, "Status", "Failed")).containsExactly(done);
      assertThat(commands(server, "InvokedAfter", "2026-11-02T10:00:30Z")).containsExactly(open);
      assertThat(commands(server, "InvokedBefore", "2026-11-02T11:00:30+01:00"))
          .containsExactly(done);
      assertThat(commands(server, "DocumentName", "AWS-RunShellScript"))
          .containsExactly(open, done);
      assertThat(invocations(server, "Status", "Failed")).containsExactly(one.id());
      assertThat(invocations(server, "Status", "Pending")).containsExactly(two.id());
      assertCode("InvalidFilterKey", () -> invocations(server, "ExecutionStage", "Complete"));
      assertCode("ValidationException", () -> commands(server, "InvokedAfter", "yesterday"));
      assertThat(
              server
                  .call(
                      ListCommandsRequest.builder().instanceId(two.id()).build(),
                      ListCommandsResponse.class)
                  .commands())
          .extracting(Command::commandId)
          .containsExactly(open);
    }
  }

  @ParameterizedTest
  @EnumSource
  void invocationsArePagedAndNameTheirNode(Databases engine) {
    try (TestServer server = TestServer.start(engine, folder)) {
      CommandFixture run = new CommandFixture(server);
      CommandNode one = CommandNode.online(server, "web01");
      CommandNode two = CommandNode.online(server, "web02");
      String id = run.send(request -> request.instanceIds(one.id(), two.id())).commandId();
      ListCommandInvocationsRequest request =
          ListCommandInvocationsRequest.builder().commandId(id).maxResults(1).build();

      ListCommandInvocationsResponse first =
          server.call(request, ListCommandInvocationsResponse.class);
      ListCommandInvocationsResponse second =
          server.call(
              request.toBuilder().nextToken(first.nextToken()).build(),
              ListCommandInvocationsResponse.class);

      assertThat(second.nextToken()).isNull();
      assertThat(List.of(first, second))
          .flatExtracting(ListCommandInvocationsResponse::commandInvocations)
          .extracting(CommandInvocation::instanceName)
          .containsExactlyInAnyOrder("web01", "web02");
      assertCode(
          "InvalidNextToken",
          () ->
              server.call(
                  request.toBuilder().nextToken("bm8").build(),
                  ListCommandInvocationsResponse.class));
    }
  }

  @ParameterizedTest
  @EnumSource
  void anInvocationThatIsNoneAndAStepThatIsNoneAreToldApart(Databases engine) {
    try (TestServer server = TestServer.start(engine, folder)) {
      CommandFixture run = new CommandFixture(server);
      CommandNode one = CommandNode.online(server, "web01");
      CommandNode two = CommandNode.online(server, "web02");
      String id = run.send(one);

      assertCode("InvocationDoesNotExist", () -> run.invocation(id, two));
      assertCode(
          "InvalidPluginName",
          () ->
              server.call(
                  GetCommandInvocationRequest.builder()
                      .commandId(id)
                      .instanceId(one.id())
                      .pluginName("nope")
                      .build(),
                  GetCommandInvocationResponse.class));
    }
  }

  private static List<String> commands(TestServer server, String key, String value) {
    return server
        .call(
            ListCommandsRequest.builder().filters(filter(key, value)).build(),
            ListCommandsResponse.class)
        .commands()
        .stream()
        .map(Command::commandId)
        .toList();
  }

  private static List<String> invocations(TestServer server, String key, String value) {
    return server
        .call(
            ListCommandInvocationsRequest.builder().filters(filter(key, value)).build(),
            ListCommandInvocationsResponse.class)
        .commandInvocations()
        .stream()
        .map(CommandInvocation::instanceId)
        .toList();
  }

  private static CommandFilter filter(String key, String value) {
    return CommandFilter.builder().key(key).value(value).build();
  }
}
