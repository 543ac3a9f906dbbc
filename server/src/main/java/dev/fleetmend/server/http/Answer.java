package dev.fleetmend.server.http;

import java.nio.ByteBuffer;

/**
 * What goes back to the caller.
 *
 * @param status HTTP status
 * @param body JSON
 */
public record Answer(int status, ByteBuffer body) {
  private static final int OK = 200;

  static Answer ok(byte[] json) {
    return new Answer(OK, ByteBuffer.wrap(json));
  }

  boolean isError() {
    return status != OK;
  }
}
