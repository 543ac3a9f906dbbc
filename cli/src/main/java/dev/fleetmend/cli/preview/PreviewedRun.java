package dev.fleetmend.cli.preview;

import com.fasterxml.jackson.databind.JsonNode;
import dev.fleetmend.cli.print.ShellWord;
import java.util.ArrayList;
import java.util.List;

/** The command that has done what was previewed, as a shell takes it. */
final class PreviewedRun {
  private static final String PROGRAM =
      "./fleetmend ssm send-command --document-name Fleetmend-RunPatchBaseline";

  private PreviewedRun() {}

  /**
   * The command.
   *
   * @param request of Fleetmend.PreviewPatchOperation
   * @param hash over all nodes of the preview
   */
  static String of(JsonNode request, String hash) {
    List<String> parameters = new ArrayList<>();
    for (String name : List.of("Operation", "RebootOption", "TransactionId")) {
      String value = request.path(name).asText();
      if (!value.isEmpty()) {
        parameters.add(name + "=" + value);
      }
    }
    if (request.path("WithNewer").asBoolean()) {
      parameters.add("WithNewer=true");
    }
    parameters.add("PreviewHash=" + hash);
    String command = PROGRAM + " --parameters " + ShellWord.of(String.join(",", parameters));
    return command + targets(request);
  }

  private static String targets(JsonNode request) {
    if (request.has("Targets")) {
      return " --targets " + ShellWord.of(request.path("Targets").toString());
    }
    List<String> ids = new ArrayList<>();
    request.path("InstanceIds").forEach(id -> ids.add(ShellWord.of(id.asText())));
    return " --instance-ids " + String.join(" ", ids);
  }
}
