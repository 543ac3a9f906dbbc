package dev.fleetmend.api;

/**
 * What the API answers to a call that it refuses: {@code {"__type": code, "message": message}} with
 * an HTTP status, 400 unless another is given. Code and message are those that AWS uses.
 */
public final class ApiException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final String code;
  private final String text;
  private final int status;

  public ApiException(String code, String message) {
    this(code, 400, message);
  }

  private ApiException(String code, int status, String message) {
    super(code + ": " + message, null, false, false);
    this.code = code;
    this.status = status;
    this.text = message;
  }

  /** A refusal with an HTTP status other than 400. */
  public static ApiException of(String code, int status, String message) {
    return new ApiException(code, status, message);
  }

  /** The error's name in the service model, as {@code DoesNotExistException}. */
  public String code() {
    return code;
  }

  /** What the caller reads. */
  public String text() {
    return text;
  }

  /** HTTP status. */
  public int status() {
    return status;
  }
}
