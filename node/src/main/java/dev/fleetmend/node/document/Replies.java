package dev.fleetmend.node.document;

import dev.fleetmend.node.NodeVersion;
import dev.fleetmend.protocol.message.CommandReply;
import dev.fleetmend.protocol.message.MessageId;
import dev.fleetmend.protocol.message.PutCommandOutputRequest;
import dev.fleetmend.protocol.message.RunStatus;
import dev.fleetmend.protocol.message.StepResult;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** What is said about one command: that it began, each step, and how it ended. */
final class Replies implements StepReports {
  private final ReplySink sink;
  private final String messageId;
  private final WholeOutput whole;
  private final Clock clock;

  Replies(ReplySink sink, String messageId, WholeOutput whole, Clock clock) {
    this.sink = sink;
    this.messageId = messageId;
    this.whole = whole;
    this.clock = clock;
  }

  @Override
  public void printed(String step, Path folder) throws IOException, InterruptedException {
    MessageId id = MessageId.parse(messageId);
    if (id == null) {
      return;
    }
    Path out = folder.resolve("stdout");
    if (isLonger(out, WholeOutput.REPLIED_OUTPUT)) {
      whole.send(id.commandId(), step, PutCommandOutputRequest.OUT, out);
    }
    Path err = folder.resolve("stderr");
    if (isLonger(err, WholeOutput.REPLIED_ERRORS)) {
      whole.send(id.commandId(), step, PutCommandOutputRequest.ERR, err);
    }
  }

  private static boolean isLonger(Path file, long bytes) throws IOException {
    return Files.exists(file) && Files.size(file) > bytes;
  }

  @Override
  public String now() {
    return isoOf(clock.instant());
  }

  /** With exactly three digits of a second, as the protocol has it. */
  static String isoOf(Instant instant) {
    String text = instant.truncatedTo(ChronoUnit.MILLIS).plusNanos(1).toString();
    return text.substring(0, text.indexOf('.') + 4) + "Z";
  }

  void begun() throws IOException {
    send(RunStatus.IN_PROGRESS, "", Map.of(), Map.of());
  }

  void impossible(String why) throws IOException {
    send(RunStatus.FAILED, why, Map.of(), Map.of());
  }

  @Override
  public void step(RunStatus document, Progress.Done step) throws IOException {
    send(document, "", Map.of(step.key(), step.result()), Map.of(step.result().status(), 1));
  }

  /** A document of one step repeats its result. */
  @Override
  public void ended(RunStatus document, List<Progress.Done> steps) throws IOException {
    Map<String, Integer> counts = new LinkedHashMap<>();
    steps.forEach(step -> counts.merge(step.result().status(), 1, Integer::sum));
    Map<String, StepResult> last =
        steps.size() == 1 ? Map.of(steps.getFirst().key(), steps.getFirst().result()) : Map.of();
    send(document, "", last, counts);
  }

  private void send(
      RunStatus status, String trace, Map<String, StepResult> steps, Map<String, Integer> counts)
      throws IOException {
    CommandReply.Agent agent =
        new CommandReply.Agent("en-US", NodeVersion.AGENT_NAME, "linux", "1", NodeVersion.VERSION);
    CommandReply.AdditionalInfo info = new CommandReply.AdditionalInfo(agent, now(), "", counts);
    sink.reply(messageId, new CommandReply(info, status.wireName(), trace, steps));
  }
}
