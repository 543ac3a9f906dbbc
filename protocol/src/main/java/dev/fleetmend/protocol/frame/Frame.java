package dev.fleetmend.protocol.frame;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static java.nio.charset.StandardCharsets.UTF_8;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.util.Arrays;
import java.util.UUID;

/**
 * One binary message of a control channel: a header of 116 bytes, the payload's length, the
 * payload; all numbers big-endian.
 *
 * @param type such as {@code agent_job}, at most 32 ASCII characters
 * @param created to the millisecond, after the epoch
 * @param sequenceNumber 0 where an order does not matter
 * @param flags bits; 0 for none
 * @param id unique to the frame; the same one again is the same frame sent again
 * @param payload JSON text
 */
public record Frame(
    String type, Instant created, long sequenceNumber, long flags, UUID id, String payload) {
  private static final int HEADER_LENGTH = 116;
  private static final int LENGTH_BYTES = 4;
  private static final int TYPE_LENGTH = 32;
  private static final int DIGEST_LENGTH = 32;
  private static final int SCHEMA_VERSION = 1;

  /** A frame without flags or an order. */
  public static Frame of(FrameType type, Instant created, UUID id, String payload) {
    return new Frame(type.wireName(), created, 0, 0, id, payload);
  }

  /** The frame as bytes, ready to be read. */
  public ByteBuffer encode() {
    byte[] body = payload.getBytes(UTF_8);
    byte[] name = Arrays.copyOf(type.getBytes(US_ASCII), TYPE_LENGTH);
    Arrays.fill(name, Math.min(type.length(), TYPE_LENGTH), TYPE_LENGTH, (byte) ' ');
    return ByteBuffer.allocate(HEADER_LENGTH + LENGTH_BYTES + body.length)
        .putInt(HEADER_LENGTH)
        .put(name)
        .putInt(SCHEMA_VERSION)
        .putLong(created.toEpochMilli())
        .putLong(sequenceNumber)
        .putLong(flags)
        .putLong(id.getLeastSignificantBits())
        .putLong(id.getMostSignificantBits())
        .put(sha256(body))
        .putInt(0)
        .putInt(body.length)
        .put(body)
        .flip();
  }

  /**
   * Reads a whole frame.
   *
   * @throws MalformedFrameException where the bytes are none, or the payload is not the one that
   *     the frame's digest was made of
   */
  public static Frame decode(ByteBuffer bytes) throws MalformedFrameException {
    ByteBuffer in = bytes.slice();
    if (in.remaining() < HEADER_LENGTH + LENGTH_BYTES) {
      throw new MalformedFrameException(in.remaining() + " bytes are too few for a frame");
    }
    int headerLength = in.getInt();
    if (headerLength < HEADER_LENGTH || headerLength > in.limit() - LENGTH_BYTES) {
      throw new MalformedFrameException("a frame's header cannot have length " + headerLength);
    }
    byte[] name = new byte[TYPE_LENGTH];
    in.get(name);
    int version = in.getInt();
    if (version != SCHEMA_VERSION) {
      throw new MalformedFrameException("frames of schema version " + version + " are not known");
    }
    Instant created = Instant.ofEpochMilli(in.getLong());
    long sequenceNumber = in.getLong();
    long flags = in.getLong();
    long low = in.getLong();
    long high = in.getLong();
    byte[] digest = new byte[DIGEST_LENGTH];
    in.get(digest);
    byte[] body = new byte[in.limit() - headerLength - LENGTH_BYTES];
    if (in.getInt(headerLength) != body.length) {
      throw new MalformedFrameException(
          "a frame's payload of "
              + body.length
              + " bytes is said to have "
              + in.getInt(headerLength));
    }
    in.get(headerLength + LENGTH_BYTES, body);
    if (!MessageDigest.isEqual(digest, sha256(body))) {
      throw new MalformedFrameException("a frame's payload is not the one of its digest");
    }
    return new Frame(
        new String(name, US_ASCII).replace('\0', ' ').strip(),
        created,
        sequenceNumber,
        flags,
        new UUID(high, low),
        text(body));
  }

  private static String text(byte[] body) throws MalformedFrameException {
    try {
      return UTF_8.newDecoder().decode(ByteBuffer.wrap(body)).toString();
    } catch (CharacterCodingException e) {
      throw new MalformedFrameException("a frame's payload is not UTF-8");
    }
  }

  private static byte[] sha256(byte[] body) {
    try {
      return MessageDigest.getInstance("SHA-256").digest(body);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every JDK has SHA-256", e);
    }
  }
}
