package dev.fleetmend.node.document;

import dev.fleetmend.node.host.BootId;
import dev.fleetmend.node.patch.PatchCommand;
import dev.fleetmend.node.patch.PatchRun;
import java.time.Clock;
import java.util.Map;

/** Chooses what carries out the steps of a command's document, and of those inside of it. */
final class DocumentActions {
  private static final String SHELL = "aws:runShellScript";
  private static final String DOCUMENT = "aws:runDocument";

  private final HostDocuments own;
  private final DocumentSource source;
  private final BootId bootId;
  private final Clock clock;

  DocumentActions(HostDocuments own, DocumentSource source, BootId bootId, Clock clock) {
    this.own = own;
    this.source = source;
    this.bootId = bootId;
    this.clock = clock;
  }

  /** Those of a command's own document. */
  DocumentRun.Actions of(String commandId, String document, Map<String, Object> parameters) {
    return of(commandId, document, parameters, 0);
  }

  /**
   * @param runId names the run of the document: the command's id, and where it is inside of that
   * @param depth how many documents it is inside of
   */
  private DocumentRun.Actions of(
      String runId, String document, Map<String, Object> parameters, int depth) {
    return (step, index) ->
        switch (step.action()) {
          case SHELL -> {
            PatchRun byItself = own.of(document, step.key());
            yield byItself == null
                ? new ShellAction()
                : new PatchAction(byItself, PatchCommand.of(runId, document, parameters));
          }
          case DOCUMENT ->
              new RunDocumentAction(
                  source,
                  inner -> of(runId + "." + index, inner.name(), inner.parameters(), depth + 1),
                  bootId,
                  clock,
                  depth + 1);
          default -> new UnknownAction();
        };
  }
}
