package dev.fleetmend.cli.preview;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.fleetmend.cli.DataOption;
import dev.fleetmend.cli.ExitCode;
import dev.fleetmend.cli.Problem;
import dev.fleetmend.cli.Terminal;
import dev.fleetmend.cli.client.Api;
import dev.fleetmend.cli.plan.Progress;
import dev.fleetmend.cli.print.JsonText;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code fleetmend preview}. */
@Command(
    name = "preview",
    description = "Shows what a patch operation would do to nodes, and changes nothing.",
    mixinStandardHelpOptions = true)
public final class PreviewCommand implements Callable<Integer> {
  @Spec private CommandSpec spec = CommandSpec.create();
  @Mixin private DataOption data = new DataOption();

  @Parameters(
      arity = "0..*",
      paramLabel = "TARGET",
      description = "Node ids, or tag:Key=Value. Default: all nodes")
  private List<String> targets = new ArrayList<>();

  @Option(names = "--operation", description = "install or rollback. Default: install")
  private Operation operation = Operation.INSTALL;

  @Option(names = "--no-reboot", description = "As with RebootOption=NoReboot.")
  private boolean noReboot;

  @Option(
      names = "--baseline-override",
      paramLabel = "FILE",
      description = "A JSON list of patch baselines to decide by instead of the nodes' own.")
  private @Nullable Path override;

  @Option(
      names = "--transaction",
      paramLabel = "ID",
      description = "The installation that a rollback takes back. Default: the newest")
  private String transaction = "";

  @Option(names = "--with-newer", description = "Takes back what came after that one too.")
  private boolean withNewer;

  @Option(names = "--format", description = "table or json. Default: table")
  private Format format = Format.TABLE;

  /** What is previewed. */
  enum Operation {
    INSTALL("Install"),
    ROLLBACK("Uninstall");

    private final String word;

    Operation(String word) {
      this.word = word;
    }
  }

  /** What the previews are written as. */
  enum Format {
    TABLE,
    JSON
  }

  @Override
  public Integer call() throws InterruptedException {
    Api api = data.api();
    ObjectNode request = Api.request().put("Operation", operation.word);
    request.put("RebootOption", noReboot ? "NoReboot" : "RebootIfNeeded");
    request.put("BaselineOverride", override());
    request.put("TransactionId", transaction);
    request.put("WithNewer", withNewer);
    PreviewTargets.put(request, targets, api);
    String id = api.call("Fleetmend.PreviewPatchOperation", request).path("CommandId").asText();
    Progress progress = new Progress(spec.commandLine().getErr(), Terminal.present());
    ObjectNode whole = new PreviewWatch(api, Thread::sleep).untilDone(id, progress);
    PrintWriter out = spec.commandLine().getOut();
    out.print(format == Format.JSON ? JsonText.of(whole) + "\n" : PreviewReport.of(whole, request));
    out.flush();
    int silent = whole.path("TargetCount").asInt() - whole.path("PreviewCount").asInt();
    if (silent > 0) {
      throw new Problem(
          ExitCode.FAILED,
          silent + " nodes said nothing; './fleetmend output " + id + "' shows why");
    }
    return ExitCode.OK;
  }

  private String override() {
    if (override == null) {
      return "";
    }
    try {
      return Files.readString(override);
    } catch (IOException e) {
      throw new Problem(
          ExitCode.USAGE,
          "cannot read the file " + override + " as UTF-8 text (" + e.getMessage() + ")");
    }
  }
}
