package dev.fleetmend.server.http;

import java.io.IOException;
import java.io.Serial;

/** What was asked for is not there; the message is one line for who asked. */
public final class NotHereException extends IOException {
  @Serial private static final long serialVersionUID = 1;

  public NotHereException(String message) {
    super(message);
  }
}
