package dev.fleetmend.cli;

import com.fasterxml.jackson.databind.JsonNode;
import dev.fleetmend.cli.print.Answer;
import dev.fleetmend.cli.ssm.SsmCall;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code fleetmend ssm}. */
@Command(
    name = "ssm",
    description = {
      "Calls any operation of SSM, with options spelled as in the aws CLI.",
      "Operations that ask for node ids take all nodes where the ids are left out."
    },
    mixinStandardHelpOptions = true)
final class SsmCommand implements Runnable {
  @Spec private CommandSpec spec = CommandSpec.create();
  @Mixin private DataOption data = new DataOption();

  @Option(
      names = "--query",
      paramLabel = "JMESPATH",
      description = "Picks from the answer; names match without regard to case.")
  private @Nullable String query;

  @Option(names = "--output", description = "json, table or text. Default: what suits the answer")
  private @Nullable Answer output;

  @Option(names = "--no-paginate", description = "Asks for the first page only.")
  private boolean onePage;

  @Parameters(index = "0", paramLabel = "OPERATION")
  private String operation = "";

  @Parameters(
      index = "1..*",
      paramLabel = "OPTION",
      description = "For instance --instance-ids mi-1 mi-2 --filters Key=..,Values=..")
  private List<String> options = new ArrayList<>();

  @Override
  public void run() {
    JsonNode answer = new SsmCall(operation, options, query, !onePage).ask(data.api());
    Answer format = output == null ? Answer.suited(answer, Terminal.present()) : output;
    if (!answer.isNull() || format == Answer.JSON) {
      spec.commandLine().getOut().print(format.print(answer));
      spec.commandLine().getOut().flush();
    }
  }
}
