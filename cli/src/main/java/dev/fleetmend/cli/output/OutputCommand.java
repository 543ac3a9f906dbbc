package dev.fleetmend.cli.output;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.fleetmend.cli.DataOption;
import dev.fleetmend.cli.ExitCode;
import dev.fleetmend.cli.Problem;
import dev.fleetmend.cli.client.Api;
import dev.fleetmend.cli.client.Paging;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code fleetmend output}. */
@Command(
    name = "output",
    description = "Shows the whole output of a command, node by node.",
    mixinStandardHelpOptions = true)
public final class OutputCommand implements Callable<Integer> {
  @Spec private CommandSpec spec = CommandSpec.create();
  @Mixin private DataOption data = new DataOption();

  @Parameters(index = "0", paramLabel = "COMMAND_ID", description = "The command.")
  private String commandId = "";

  @Parameters(
      index = "1",
      arity = "0..1",
      paramLabel = "NODE",
      description = "Only this node's, such as mi-0123456789abcdef0.")
  private @Nullable String node;

  @Option(names = "--follow", description = "Goes on until the command has ended.")
  private boolean follow;

  @Override
  public Integer call() {
    Api api = data.api();
    ObjectNode request = Api.request().put("CommandId", commandId);
    if (node != null) {
      request.put("InstanceId", node);
    }
    List<JsonNode> invocations =
        Paging.list(api, "ListCommandInvocations", request, "CommandInvocations");
    if (invocations.isEmpty()) {
      throw new Problem(
          ExitCode.FAILED,
          "there is no command "
              + commandId
              + (node == null ? " that went to any node" : " that went to " + node)
              + "; './fleetmend ssm list-commands' shows those there are");
    }
    OutputReader reader =
        new OutputReader(
            api, spec.commandLine().getOut(), spec.commandLine().getErr(), follow, Thread::sleep);
    for (JsonNode invocation : invocations) {
      reader.read(commandId, invocation.path("InstanceId").asText(), invocations.size() > 1);
    }
    return ExitCode.OK;
  }
}
