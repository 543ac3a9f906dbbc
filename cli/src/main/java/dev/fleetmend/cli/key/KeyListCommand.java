package dev.fleetmend.cli.key;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.fleetmend.cli.DataOption;
import dev.fleetmend.cli.ExitCode;
import dev.fleetmend.cli.client.Api;
import dev.fleetmend.cli.client.Paging;
import dev.fleetmend.cli.print.JsonText;
import dev.fleetmend.cli.print.Table;
import java.io.PrintWriter;
import java.time.Instant;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code fleetmend key list}. */
@Command(
    name = "list",
    description = "Lists the access keys, without their secrets.",
    mixinStandardHelpOptions = true)
final class KeyListCommand implements Callable<Integer> {
  @Spec private CommandSpec spec = CommandSpec.create();
  @Mixin private DataOption data = new DataOption();

  @Option(names = "--all", description = "Revoked keys, too.")
  private boolean all;

  @Option(names = "--output", description = "table or json. Default: table")
  private Format output = Format.TABLE;

  /** How it is printed. */
  enum Format {
    TABLE,
    JSON
  }

  @Override
  public Integer call() {
    ObjectNode keys =
        Paging.all(
            data.api(), "Fleetmend.ListAccessKeys", Api.request().put("IncludeRevoked", all));
    PrintWriter out = spec.commandLine().getOut();
    out.print(output == Format.JSON ? JsonText.of(keys) + "\n" : table(keys));
    out.flush();
    return ExitCode.OK;
  }

  private static Table table(JsonNode keys) {
    Table table = new Table("KEY", "ROLE", "NAME", "CREATED", "BY", "REVOKED");
    for (JsonNode key : keys.path("AccessKeys")) {
      table.row(
          key.path("AccessKeyId").asText(),
          key.path("Role").asText(),
          key.path("Name").asText(),
          time(key.path("CreatedAt")),
          key.path("CreatedBy").asText(),
          time(key.path("RevokedAt")));
    }
    return table;
  }

  private static String time(JsonNode seconds) {
    return seconds.isNumber() ? Instant.ofEpochSecond(seconds.asLong()).toString() : "";
  }
}
