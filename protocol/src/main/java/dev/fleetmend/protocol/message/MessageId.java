package dev.fleetmend.protocol.message;

import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Which command a message is about and which node it goes to. */
public record MessageId(String commandId, String instanceId) {
  private static final String PREFIX = "aws.ssm.";
  private static final Pattern SHAPE = Pattern.compile("aws\\.ssm\\.([^.]{1,64})\\.([^.]{1,64})");

  /**
   * Reads {@code aws.ssm.<command id>.<instance id>}.
   *
   * @return null when the text has another shape
   */
  public static @Nullable MessageId parse(String text) {
    Matcher matcher = SHAPE.matcher(text);
    return matcher.matches() ? new MessageId(matcher.group(1), matcher.group(2)) : null;
  }

  /** {@code aws.ssm.<command id>.<instance id>}. */
  public String text() {
    return PREFIX + commandId + "." + instanceId;
  }
}
