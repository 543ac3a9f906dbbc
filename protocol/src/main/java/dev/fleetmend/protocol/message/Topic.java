package dev.fleetmend.protocol.message;

import org.jspecify.annotations.Nullable;

/** What a message is about. */
public enum Topic {
  SEND_COMMAND("aws.ssm.sendCommand"),
  CANCEL_COMMAND("aws.ssm.cancelCommand");

  private final String prefix;

  Topic(String prefix) {
    this.prefix = prefix;
  }

  /** As a message to that node carries it: {@code aws.ssm.sendCommand.<region>.<instance id>}. */
  public String text(String region, String instanceId) {
    return prefix + "." + region + "." + instanceId;
  }

  /** The topic of a message, or null for one not known. */
  public static @Nullable Topic of(String text) {
    for (Topic topic : values()) {
      if (text.startsWith(topic.prefix)) {
        return topic;
      }
    }
    return null;
  }
}
