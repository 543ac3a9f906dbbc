package dev.fleetmend.node;

/** What the agent calls itself. */
public final class NodeVersion {
  /** As heartbeats and replies name it. */
  public static final String AGENT_NAME = "fleetmend-agent";

  /** The release of this agent. */
  public static final String VERSION = "0.1.0";

  private NodeVersion() {}
}
