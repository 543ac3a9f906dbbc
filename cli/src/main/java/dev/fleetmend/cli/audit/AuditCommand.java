package dev.fleetmend.cli.audit;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.fleetmend.cli.DataOption;
import dev.fleetmend.cli.ExitCode;
import dev.fleetmend.cli.client.Api;
import java.io.PrintWriter;
import java.time.Clock;
import java.time.ZoneId;
import java.util.Map;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code fleetmend audit}. */
@Command(
    name = "audit",
    description = "Shows who changed what and who was refused, the newest first.",
    mixinStandardHelpOptions = true)
public final class AuditCommand implements Callable<Integer> {
  private static final int PAGE = 1_000;
  private static final Map<String, String> WORDS = Map.of("done", "Success", "refused", "Refused");

  @Spec private CommandSpec spec = CommandSpec.create();
  @Mixin private DataOption data = new DataOption();

  @Option(
      names = "--since",
      paramLabel = "TIME",
      description = "From then on: 2026-11-27, 2026-11-27T08:00:00Z, or so long ago: 90m, 24h, 7d.")
  private @Nullable String since;

  @Option(names = "--until", paramLabel = "TIME", description = "Before then.")
  private @Nullable String until;

  @Option(
      names = "--key",
      paramLabel = "ID",
      description = "What this access key or node asked for.")
  private String key = "";

  @Option(
      names = "--operation",
      paramLabel = "NAME",
      description = "Such as SendCommand or ssm:SendCommand.")
  private String operation = "";

  @Option(
      names = "--resource",
      paramLabel = "ID",
      description = "What was about this: an ARN, or an id or name such as pb-0123456789abcdef0.")
  private String resource = "";

  @Option(
      names = "--outcome",
      paramLabel = "WORD",
      description = "done, refused, or an error's code such as AccessDeniedException.")
  private String outcome = "";

  @Option(
      names = "--limit",
      paramLabel = "NUMBER",
      description = "The most that is shown, 0 for all. Default: 1000")
  private int limit = PAGE;

  @Option(names = "--output", description = "table, json or csv. Default: table")
  private AuditText output = AuditText.TABLE;

  @Override
  public Integer call() {
    Api api = data.api();
    Times times = new Times(Clock.system(ZoneId.systemDefault()));
    ObjectNode request =
        Api.request()
            .put("Key", key)
            .put("Operation", operation)
            .put("Resource", resource)
            .put("Outcome", WORDS.getOrDefault(outcome, outcome))
            .put("Since", since == null ? 0 : times.seconds("--since", since))
            .put("Until", until == null ? 0 : times.seconds("--until", until));
    ArrayNode events = request.arrayNode();
    String token = "";
    do {
      int most = limit <= 0 ? PAGE : Math.min(PAGE, limit - events.size());
      ObjectNode page =
          api.call(
              "Fleetmend.ListAudit",
              request.deepCopy().put("MaxResults", most).put("NextToken", token));
      events.addAll(page.withArray("Events"));
      token = page.path("NextToken").asText("");
    } while (!token.isEmpty() && (limit <= 0 || events.size() < limit));
    PrintWriter out = spec.commandLine().getOut();
    out.print(output.print(events));
    out.flush();
    if (!token.isEmpty()) {
      spec.commandLine()
          .getErr()
          .println("fleetmend: there is more; narrow it down, or say --limit 0 for all");
    }
    return ExitCode.OK;
  }
}
