package dev.fleetmend.server.message;

/** A way to nodes that needs no poll. */
public interface Push {
  /** Has what waits for a node handed to it soon; false where the node is not reached from here. */
  boolean push(String node);

  /** How many nodes are reached from here. */
  int reach();
}
