package dev.fleetmend.server.operation;

/** What an operation does, and thereby what the audit records of it. */
public enum Effect {
  /** Changes nothing; recorded where access is refused. */
  READ,
  /** What nodes tell of themselves all day; recorded where somebody else says it, or is refused. */
  REPORT,
  /** Changes something; always recorded. */
  CHANGE;

  /** Whether a call by somebody is a change to be recorded. */
  public boolean isChangeBy(Caller caller) {
    return this == CHANGE || (this == REPORT && !(caller instanceof Caller.Node));
  }
}
