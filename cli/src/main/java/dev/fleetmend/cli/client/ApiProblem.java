package dev.fleetmend.cli.client;

import dev.fleetmend.cli.ExitCode;
import dev.fleetmend.cli.Problem;
import java.io.Serial;

/** The server's refusal. */
public final class ApiProblem extends Problem {
  @Serial private static final long serialVersionUID = 1L;

  private final String code;

  public ApiProblem(String operation, String code, String message) {
    super(
        ExitCode.REFUSED,
        "the server refused "
            + operation
            + " ("
            + code
            + ")"
            + (message.isEmpty() ? "" : ": " + message));
    this.code = code;
  }

  /** Such as {@code DoesNotExistException}. */
  public String code() {
    return code;
  }
}
