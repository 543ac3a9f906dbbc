package dev.fleetmend.server.datasync;

/** A destination did not take what was written; the message is for people, without secrets. */
final class SyncFailedException extends Exception {
  private static final long serialVersionUID = 1L;

  SyncFailedException(String message) {
    super(message);
  }
}
