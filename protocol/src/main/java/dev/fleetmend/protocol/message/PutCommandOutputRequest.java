package dev.fleetmend.protocol.message;

/**
 * {@code Fleetmend.PutCommandOutput}: a node gives a piece of what a step has printed. Said again
 * it changes nothing.
 *
 * @param stepName what replies call the step
 * @param stream {@link #OUT} or {@link #ERR}
 * @param offset how many bytes of the stream come before the piece
 * @param content base64 of at most {@link #MOST_BYTES}; may be empty
 * @param last whether the stream ends with it
 */
public record PutCommandOutputRequest(
    String commandId, String stepName, String stream, long offset, String content, boolean last) {
  public static final String OUT = "StandardOutput";
  public static final String ERR = "StandardError";

  /** The most bytes of one piece. */
  public static final int MOST_BYTES = 256 * 1024;
}
