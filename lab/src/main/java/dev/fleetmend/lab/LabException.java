package dev.fleetmend.lab;

/** The lab could not do what was asked; the message says what, why, and what would help. */
public final class LabException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  LabException(String message) {
    super(message);
  }

  LabException(String message, Throwable cause) {
    super(message, cause);
  }
}
