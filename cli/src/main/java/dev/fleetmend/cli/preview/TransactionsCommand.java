package dev.fleetmend.cli.preview;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.fleetmend.cli.DataOption;
import dev.fleetmend.cli.ExitCode;
import dev.fleetmend.cli.client.Api;
import dev.fleetmend.cli.print.JsonText;
import java.io.PrintWriter;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code fleetmend transactions}. */
@Command(
    name = "transactions",
    description = "Shows what installations and rollbacks nodes have, and what can be taken back.",
    mixinStandardHelpOptions = true)
public final class TransactionsCommand implements Callable<Integer> {
  @Spec private CommandSpec spec = CommandSpec.create();
  @Mixin private DataOption data = new DataOption();

  @Parameters(
      arity = "0..1",
      paramLabel = "NODE",
      description = "Only this node's, package by package.")
  private @Nullable String node;

  @Option(names = "--format", description = "table or json. Default: table")
  private PreviewCommand.Format format = PreviewCommand.Format.TABLE;

  @Override
  public Integer call() {
    JsonNode nodes = nodes(data.api());
    PrintWriter out = spec.commandLine().getOut();
    out.print(
        format == PreviewCommand.Format.JSON
            ? JsonText.of(nodes) + "\n"
            : TransactionTable.of(nodes, node != null));
    out.flush();
    return ExitCode.OK;
  }

  private JsonNode nodes(Api api) {
    ObjectNode request = Api.request();
    if (node != null) {
      request.put("InstanceId", node);
    }
    ObjectNode page = api.call("Fleetmend.ListTransactions", request);
    ObjectNode whole = page;
    while (page.hasNonNull("NextToken")) {
      page =
          api.call(
              "Fleetmend.ListTransactions",
              request.deepCopy().put("NextToken", page.get("NextToken").asText()));
      for (JsonNode one : page.path("Nodes")) {
        whole.withArray("Nodes").add(one);
      }
    }
    return whole.withArray("Nodes");
  }
}
