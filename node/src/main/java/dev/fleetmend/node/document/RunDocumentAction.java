package dev.fleetmend.node.document;

import dev.fleetmend.node.host.BootId;
import dev.fleetmend.node.patch.RefusedException;
import dev.fleetmend.node.state.JsonFile;
import dev.fleetmend.protocol.message.RunStatus;
import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * {@code aws:runDocument}: a document of the server, run as a step of another. It is fetched once,
 * so that a run that a reboot interrupts ends as it began; what its steps print is the output of
 * the step that runs it.
 */
final class RunDocumentAction implements StepAction {
  /** Documents inside of a command's, one in another: as many as the stock agent runs. */
  static final int MOST_DEPTH = 3;

  /** What it names is always there and does nothing. */
  private static final String NOTHING = "AWS-Noop";

  private static final int KILLED = 137;
  private static final int REBOOT = 194;

  private static final List<Duration> PAUSES =
      List.of(
          Duration.ofSeconds(1),
          Duration.ofSeconds(2),
          Duration.ofSeconds(4),
          Duration.ofSeconds(8),
          Duration.ofSeconds(15));

  private final DocumentSource source;
  private final Inside inside;
  private final BootId bootId;
  private final Clock clock;
  private final int depth;

  /** Chooses the actions of a document inside. */
  interface Inside {
    DocumentRun.Actions actions(InnerDocument document);
  }

  /**
   * @param depth how deep the document would be, 1 in a command's own
   */
  RunDocumentAction(DocumentSource source, Inside inside, BootId bootId, Clock clock, int depth) {
    this.source = source;
    this.inside = inside;
    this.bootId = bootId;
    this.clock = clock;
    this.depth = depth;
  }

  @Override
  public boolean resumes() {
    return true;
  }

  @Override
  public StepEnd run(StepRun run) throws IOException, InterruptedException {
    DocumentPath path = DocumentPath.of(run.step().text("documentPath"));
    if (path.name().equals(NOTHING)) {
      return new StepEnd(RunStatus.SUCCESS, 0);
    }
    try {
      return run(run, path);
    } catch (DocumentException e) {
      run.print("", e.getMessage() + ". Nothing of it was run.\n");
    } catch (RefusedException e) {
      run.print(
          "",
          "Document %s was not run; the server refused (%s): %s\n"
              .formatted(path.name(), e.code(), e.getMessage()));
    }
    return new StepEnd(RunStatus.FAILED, 1);
  }

  private StepEnd run(StepRun run, DocumentPath path)
      throws IOException, InterruptedException, DocumentException, RefusedException {
    JsonFile<InnerDocument> kept =
        new JsonFile<>(run.folder().resolve("document.json"), InnerDocument.class);
    InnerDocument document = kept.read();
    if (document == null) {
      document = fetched(run, path);
      if (document == null) {
        return new StepEnd(RunStatus.CANCELLED, 1);
      }
      kept.write(document);
    }
    CommandFolder folder = new CommandFolder(run.folder());
    Map<String, String> environment = new LinkedHashMap<>(run.environment());
    environment.putAll(DocumentReader.environment(document.content(), document.parameters()));
    RunStatus ended =
        new DocumentRun(
                folder,
                DocumentReader.read(document.content(), document.parameters()),
                inside.actions(document),
                new InnerReports(run, clock),
                environment,
                run.cancellation(),
                stepFolder -> run.outputFolder())
            .run(bootId.current());
    if (ended == RunStatus.FAILED || ended == RunStatus.TIMED_OUT) {
      run.print("", failures(document, folder.progress().done()));
    }
    return new StepEnd(ended, code(ended));
  }

  private static String failures(InnerDocument document, List<Progress.Done> done) {
    StringBuilder failures = new StringBuilder();
    for (Progress.Done step : done) {
      String status = step.result().status();
      if (status.equals(RunStatus.FAILED.wireName())
          || status.equals(RunStatus.TIMED_OUT.wireName())) {
        failures.append(
            "Step %s of document %s: %s, exit code %d%n"
                .formatted(step.key(), document.name(), status, step.result().code()));
      }
    }
    return failures.toString();
  }

  private static int code(RunStatus ended) {
    return switch (ended) {
      case SUCCESS -> 0;
      case SUCCESS_AND_REBOOT -> REBOOT;
      case TIMED_OUT, CANCELLED -> KILLED;
      default -> 1;
    };
  }

  /** The document, or null where the command is to stop before it was to be had. */
  private @Nullable InnerDocument fetched(StepRun run, DocumentPath path)
      throws InterruptedException, DocumentException, RefusedException {
    if (!run.step().text("documentType").equals("SSMDocument")) {
      throw new DocumentException("documentType must be SSMDocument; this agent knows no other");
    }
    if (path.name().isEmpty()) {
      throw new DocumentException("documentPath names no document");
    }
    if (depth > MOST_DEPTH) {
      throw new DocumentException(
          "Document %s would be the %dth one inside of another, and %d are the most"
              .formatted(path.name(), depth, MOST_DEPTH));
    }
    Map<String, Object> parameters =
        InnerParameters.read(run.step().inputs().get("documentParameters"));
    for (int tries = 0; ; tries++) {
      if (run.cancellation().requested()) {
        return null;
      }
      try {
        FetchedDocument document = source.fetch(path.name(), path.version());
        if (!document.type().equals("Command")) {
          throw new DocumentException(
              "Document %s is of type %s, and only Command can be run"
                  .formatted(document.name(), document.type()));
        }
        InnerParameters.check(document, parameters);
        return new InnerDocument(document.name(), document.content(), parameters);
      } catch (IOException e) {
        if (tries == PAUSES.size()) {
          throw new DocumentException(
              "Document %s was not to be had, for the server cannot be reached: %s"
                  .formatted(path.name(), e.getMessage()));
        }
        Thread.sleep(PAUSES.get(tries));
      }
    }
  }
}
