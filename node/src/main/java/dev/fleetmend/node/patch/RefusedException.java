package dev.fleetmend.node.patch;

import java.io.Serial;

/** The server understood the call and said no: its error code and its words. */
public final class RefusedException extends Exception {
  @Serial private static final long serialVersionUID = 1;

  private final String code;

  public RefusedException(String code, String message) {
    super(message);
    this.code = code;
  }

  /** The error's code, such as {@code AccessDeniedException}. */
  public String code() {
    return code;
  }
}
