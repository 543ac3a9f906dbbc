package dev.fleetmend.node.http;

/** What the server answered. */
final class Answer {
  private final int status;
  private final byte[] body;
  private final long date;

  Answer(int status, byte[] body, long date) {
    this.status = status;
    this.body = body;
    this.date = date;
  }

  int status() {
    return status;
  }

  byte[] body() {
    return body;
  }

  /** The server's clock, epoch milliseconds, 0 where it did not say. */
  long date() {
    return date;
  }
}
