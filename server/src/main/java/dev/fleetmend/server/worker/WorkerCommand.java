package dev.fleetmend.server.worker;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.fleetmend.api.ApiException;
import dev.fleetmend.patching.exchange.PatchRunPlan;
import dev.fleetmend.patching.exchange.TaggedBaseline;
import dev.fleetmend.protocol.json.Naming;
import dev.fleetmend.protocol.json.RecordJson;
import dev.fleetmend.server.command.CommandsUnderWay.Sent;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What a patch command says to a node whose script does the work, whichever of the patch documents
 * it is of.
 */
record WorkerCommand(String document, Map<String, Object> parameters) {
  private static final String ROLLBACK = "Fleetmend-RollbackPatches";
  private static final String NOT_REVERTIBLE = "NotRevertible";
  private static final String NO_RECORD =
      "no record is kept here by which an update could be taken back";

  /** The documents whose steps for Windows or macOS are such a script. */
  private static final Set<String> DOCUMENTS =
      Set.of(
          "AWS-RunPatchBaseline",
          "AWS-RunPatchBaselineAssociation",
          ROLLBACK,
          "Fleetmend-RunPatchBaseline");

  static WorkerCommand of(Sent sent) {
    return new WorkerCommand(sent.documentName(), sent.parameters());
  }

  static boolean isOf(String document) {
    return DOCUMENTS.contains(document);
  }

  String operation() {
    return document.equals(ROLLBACK) ? "Uninstall" : text("Operation");
  }

  /** A parameter that is text, or empty. */
  String text(String parameter) {
    return Objects.toString(parameters.get(parameter), "");
  }

  /**
   * What judges instead of the node's own baseline, or null.
   *
   * @param fetched what the node fetched from the URL of BaselineOverride, or null
   */
  @Nullable String baselineOverride(@Nullable String fetched) {
    String tags = text("BaselineTags");
    if (!tags.isEmpty()) {
      return new String(new RecordJson(Naming.PASCAL).write(new TaggedBaseline(tags)), UTF_8);
    }
    String text = text("BaselineOverrideText");
    return text.isEmpty() ? fetched : text;
  }

  /**
   * Looks whether a script can do what the command says.
   *
   * @throws ApiException ValidationException where only an agent of ours can
   */
  void requirePossible() {
    require(
        !operation().startsWith("Preview"),
        "Operation " + operation() + " is for nodes with Linux; nothing can be previewed here");
    require(text("PreviewHash").isEmpty(), "a run cannot be held to a preview here");
    require(
        text("TransactionId").isEmpty() && !text("WithNewer").equals("true"),
        "no transactions are recorded here; name the updates in PatchIds");
    require(
        !operation().equals("Install") || !text(NOT_REVERTIBLE).equals("refuse"),
        "NotRevertible is refuse, and " + NO_RECORD);
  }

  /**
   * Looks whether updates may go in although no record is kept by which they could be taken back.
   *
   * @throws ApiException ValidationException where a service setting forbids it and the command
   *     does not say otherwise
   */
  void requireAllowed(PatchRunPlan plan) {
    require(
        plan.install().isEmpty() || !plan.onlyRevertible() || text(NOT_REVERTIBLE).equals("warn"),
        "the service setting /fleetmend/patch/not-revertible is refuse, and "
            + NO_RECORD
            + "; Fleetmend-RunPatchBaseline with NotRevertible=warn installs all the same");
  }

  private static void require(boolean holds, String otherwise) {
    if (!holds) {
      throw new ApiException("ValidationException", "Nothing was changed: " + otherwise + ".");
    }
  }
}
