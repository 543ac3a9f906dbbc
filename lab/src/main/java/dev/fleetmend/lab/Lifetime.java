package dev.fleetmend.lab;

/** How long a lab lives. */
public enum Lifetime {
  /** Until it is closed or this JVM ends, however it ends. */
  OWNED,

  /** Until somebody takes it down: it goes on when this JVM has ended. */
  DETACHED
}
