package dev.fleetmend.server.quota;

import java.io.Serial;

/** The file of quotas is wrong. The message is one line and names the file and what is wrong. */
public final class UnusableQuotasException extends RuntimeException {
  @Serial private static final long serialVersionUID = 1L;

  UnusableQuotasException(String message) {
    super(message);
  }
}
