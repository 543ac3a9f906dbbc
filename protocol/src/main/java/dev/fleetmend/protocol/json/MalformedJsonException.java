package dev.fleetmend.protocol.json;

/** Text that is not JSON of the shape asked for. The message names the member, never its value. */
public final class MalformedJsonException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  public MalformedJsonException(String message) {
    super(message);
  }
}
