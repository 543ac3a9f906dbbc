package dev.fleetmend.protocol.frame;

import org.jspecify.annotations.Nullable;

/** The frames of a control channel that carry commands. */
public enum FrameType {
  /** Server to agent, an {@link AgentJob}. */
  AGENT_JOB("agent_job"),
  /** Agent to server, an {@link AgentJobAck}: at once, before the job runs. */
  AGENT_JOB_ACK("agent_job_ack"),
  /** Agent to server, an {@link AgentJobReply}. */
  AGENT_JOB_REPLY("agent_job_reply"),
  /** Server to agent, an {@link AgentJobReplyAck}, within a second; else the reply comes again. */
  AGENT_JOB_REPLY_ACK("agent_job_reply_ack");

  private final String wireName;

  FrameType(String wireName) {
    this.wireName = wireName;
  }

  /** The spelling in a frame's header. */
  public String wireName() {
    return wireName;
  }

  /** The type of that spelling, or null for one that carries no commands. */
  public static @Nullable FrameType of(String wireName) {
    for (FrameType type : values()) {
      if (type.wireName.equals(wireName)) {
        return type;
      }
    }
    return null;
  }
}
