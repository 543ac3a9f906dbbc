package dev.fleetmend.server.command;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.fleetmend.api.ApiException;
import dev.fleetmend.protocol.message.PutCommandOutputRequest;
import dev.fleetmend.protocol.message.PutCommandOutputResponse;
import dev.fleetmend.server.Core;
import dev.fleetmend.server.command.OutputRows.Progress;
import dev.fleetmend.server.document.DocumentStep;
import dev.fleetmend.server.operation.Caller;
import dev.fleetmend.server.store.Pages;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;

/**
 * {@code Fleetmend.PutCommandOutput} and {@code Fleetmend.GetCommandOutput}: the whole output of
 * commands, where the API's own operations show the beginning only.
 */
final class OutputOperations {
  /** Of all steps of one command on one node together. */
  static final int MOST_KEPT = 16 << 20;

  private static final Set<String> STREAMS =
      Set.of(PutCommandOutputRequest.OUT, PutCommandOutputRequest.ERR);
  private static final int USUAL_ANSWER = 256 << 10;
  private static final int LONGEST_ANSWER = 1 << 20;

  /** Room for any one character. */
  private static final int SHORTEST_ANSWER = 4;

  /** A node that has ended a command and sends nothing for so long has nothing more to send. */
  private static final Duration SILENCE = Duration.ofMinutes(2);

  private final Core core;
  private final NodePlatforms platforms;
  private final CommandRows commands = new CommandRows();
  private final InvocationRows invocations = new InvocationRows();
  private final StepRows steps = new StepRows();
  private final OutputRows rows = new OutputRows();

  OutputOperations(Core core, NodePlatforms platforms) {
    this.core = core;
    this.platforms = platforms;
  }

  void offer() {
    core.operations().on("Fleetmend.PutCommandOutput", PutCommandOutputRequest.class, this::put);
    core.operations().on("Fleetmend.GetCommandOutput", GetCommandOutputRequest.class, this::get);
  }

  private PutCommandOutputResponse put(PutCommandOutputRequest request, Caller caller) {
    byte[] bytes = bytes(request);
    if (!(caller instanceof Caller.Node node)) {
      throw noCommand();
    }
    StepStream stream =
        new StepStream(
            request.commandId(), node.instanceId(), request.stepName(), stream(request.stream()));
    return core.store()
        .write(
            tx -> {
              OwnCommand.require(tx, invocations, stream.commandId(), stream.instanceId());
              return put(tx, request, stream, bytes);
            });
  }

  private static byte[] bytes(PutCommandOutputRequest request) {
    try {
      byte[] bytes = Base64.getDecoder().decode(request.content());
      if (bytes.length <= PutCommandOutputRequest.MOST_BYTES && request.offset() >= 0) {
        return bytes;
      }
    } catch (IllegalArgumentException e) {
      throw invalid("Content must be base64");
    }
    throw invalid(
        "Content must be at most "
            + PutCommandOutputRequest.MOST_BYTES
            + " bytes, and Offset not below 0");
  }

  private PutCommandOutputResponse put(
      Handle tx, PutCommandOutputRequest request, StepStream stream, byte[] bytes) {
    StoredCommand command =
        commands
            .find(tx, stream.commandId())
            .filter(found -> isTaken(tx, stream))
            .orElseThrow(OutputOperations::noCommand);
    if (command.steps().stream().noneMatch(step -> step.name().equals(stream.step()))) {
      throw invalid("The command has no step " + StepOutput.clean(stream.step(), 128));
    }
    Instant now = core.clock().instant();
    Progress before = rows.lock(tx, stream, now);
    if (before.complete() || request.offset() > before.length()) {
      return new PutCommandOutputResponse(before.length(), before.complete());
    }
    int known = (int) Math.min(bytes.length, before.length() - request.offset());
    long room = MOST_KEPT - rows.lengthOf(tx, stream.commandId(), stream.instanceId());
    int end = (int) Math.min(bytes.length, known + Math.max(0, room));
    if (end > known) {
      rows.append(tx, stream, before.length(), Arrays.copyOfRange(bytes, known, end));
    }
    boolean cut = end < bytes.length;
    Progress after =
        new Progress(
            before.length() + end - known, request.last() || cut, before.cut() || cut, now);
    rows.write(tx, stream, after);
    return new PutCommandOutputResponse(after.length(), after.complete());
  }

  private boolean isTaken(Handle db, StepStream stream) {
    return invocations
        .find(db, stream.commandId(), stream.instanceId())
        .filter(StoredInvocation::sent)
        .isPresent();
  }

  private GetCommandOutputResponse get(GetCommandOutputRequest request, Caller caller) {
    if (request.maxBytes() < 0 || request.maxBytes() > LONGEST_ANSWER) {
      throw invalid("MaxBytes must be between 1 and " + LONGEST_ANSWER);
    }
    return core.store().read(db -> get(db, request));
  }

  private GetCommandOutputResponse get(Handle db, GetCommandOutputRequest request) {
    StoredInvocation invocation =
        invocations
            .find(db, request.commandId(), request.instanceId())
            .orElseThrow(
                () ->
                    new ApiException(
                        "InvocationDoesNotExist",
                        "The command ID and instance ID you specified did not match any"
                            + " invocations."));
    StoredCommand command = commands.find(db, request.commandId()).orElseThrow();
    List<DocumentStep> known = command.steps();
    String step =
        request.pluginName().isEmpty()
            ? known.getFirst().name()
            : InvocationDetails.plugin(
                known, platforms.of(db, request.instanceId()), request.pluginName());
    StepStream stream =
        new StepStream(
            request.commandId(),
            request.instanceId(),
            step,
            stream(request.stream().isEmpty() ? PutCommandOutputRequest.OUT : request.stream()));
    long from = position(Pages.after(request.nextToken()));
    int most =
        request.maxBytes() == 0 ? USUAL_ANSWER : Math.max(SHORTEST_ANSWER, request.maxBytes());
    Optional<Progress> progress = rows.find(db, stream);
    byte[] bytes =
        progress.isPresent() ? rows.read(db, stream, from, most) : replied(db, stream, from, most);
    boolean ended =
        progress
            .map(
                kept ->
                    kept.complete()
                        || (invocation.state().ended()
                            && core.clock().instant().isAfter(kept.updatedAt().plus(SILENCE))))
            .orElse(invocation.state().ended());
    boolean rest = bytes.length < most;
    int whole = rest && ended ? bytes.length : Utf8.wholeLength(bytes);
    long next = from + whole;
    boolean complete = ended && rest;
    return new GetCommandOutputResponse(
        stream.commandId(),
        stream.instanceId(),
        step,
        known.stream().map(DocumentStep::name).toList(),
        stream.stream(),
        new String(bytes, 0, whole, UTF_8),
        complete ? null : Pages.token(Long.toString(next)),
        complete,
        progress.map(Progress::cut).orElseGet(() -> isCut(db, stream)));
  }

  /** What the replies of an agent that sends nothing else have told. */
  private byte[] replied(Handle db, StepStream stream, long from, int most) {
    byte[] all = reply(db, stream).getBytes(UTF_8);
    int start = (int) Math.min(from, all.length);
    return Arrays.copyOfRange(all, start, Math.min(all.length, start + most));
  }

  private boolean isCut(Handle db, StepStream stream) {
    return reply(db, stream).endsWith(StepOutput.CUT);
  }

  private String reply(Handle db, StepStream stream) {
    return steps.of(db, stream.commandId(), stream.instanceId()).stream()
        .filter(step -> step.name().equals(stream.step()))
        .findFirst()
        .map(
            step ->
                stream.stream().equals(PutCommandOutputRequest.OUT)
                    ? step.standardOutput()
                    : step.standardError())
        .orElse("");
  }

  private static String stream(String named) {
    if (!STREAMS.contains(named)) {
      throw invalid("Stream must be StandardOutput or StandardError");
    }
    return named;
  }

  private static long position(@Nullable String token) {
    try {
      long position = token == null ? 0 : Long.parseLong(token);
      if (position >= 0) {
        return position;
      }
    } catch (NumberFormatException e) {
      throw invalidToken();
    }
    throw invalidToken();
  }

  private static ApiException invalidToken() {
    return new ApiException("InvalidNextToken", "The specified token is not valid.");
  }

  private static ApiException invalid(String why) {
    return new ApiException("ValidationException", why + ".");
  }

  private static ApiException noCommand() {
    return new ApiException(
        "InvalidCommandId", "No command of that ID was sent to this managed node.");
  }
}
