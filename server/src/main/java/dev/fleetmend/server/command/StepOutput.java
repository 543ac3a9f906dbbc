package dev.fleetmend.server.command;

import dev.fleetmend.protocol.message.RunStatus;
import dev.fleetmend.protocol.message.StepResult;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** A step's output as nodes send it, cut to what the API shows. */
final class StepOutput {
  /** Ends a text that was cut. */
  static final String CUT = "--output truncated--";

  private static final int LONGEST_OUTPUT = 24_000;
  private static final int LONGEST_ERROR = 8_000;
  private static final int LONGEST_BOTH = 2_500;
  private static final Instant LATEST = Instant.parse("9999-12-31T23:59:59Z");
  private static final String BETWEEN = "\n----------ERROR-------\n";

  private StepOutput() {}

  /** The result to keep; empty where its status is none that agents have. */
  static Optional<StoredStep> stored(String name, StepResult result) {
    RunStatus status = RunStatus.of(result.status());
    return status == null
        ? Optional.empty()
        : Optional.of(
            new StoredStep(
                name,
                status,
                result.code(),
                time(result.startDateTime()),
                time(result.endDateTime()),
                clean(result.standardOutput(), LONGEST_OUTPUT),
                clean(result.standardError(), LONGEST_ERROR)));
  }

  /** Both streams in one text, as ListCommandInvocations shows them. */
  static String both(StoredStep step) {
    String text =
        step.standardError().isEmpty()
            ? step.standardOutput()
            : step.standardOutput() + BETWEEN + step.standardError();
    return clean(text, LONGEST_BOTH);
  }

  /** Without what PostgreSQL cannot keep, and with a mark at the end where it is cut. */
  static String clean(String text, int longest) {
    String kept = text.replace("\0", "");
    if (kept.length() <= longest) {
      return kept;
    }
    return longest > CUT.length()
        ? kept.substring(0, longest - CUT.length()) + CUT
        : kept.substring(0, longest);
  }

  private static @Nullable Instant time(String iso) {
    try {
      Instant time = iso.isEmpty() ? null : Instant.parse(iso);
      return time == null || time.isBefore(Instant.EPOCH) || time.isAfter(LATEST) ? null : time;
    } catch (DateTimeParseException e) {
      return null;
    }
  }
}
