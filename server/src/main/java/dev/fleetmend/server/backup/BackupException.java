package dev.fleetmend.server.backup;

import java.io.Serial;

/** Why a backup could not be made or used. */
public final class BackupException extends Exception {
  @Serial private static final long serialVersionUID = 1L;

  public BackupException(String message) {
    super(message);
  }

  BackupException(String message, Throwable cause) {
    super(message, cause);
  }
}
