package dev.fleetmend.server.command;

/** Text in UTF-8 that is read in pieces. */
final class Utf8 {
  private static final int LONGEST_CHARACTER = 4;

  private Utf8() {}

  /** How many of the bytes come before a character that is cut off at their end. */
  static int wholeLength(byte[] bytes) {
    for (int back = 1; back <= Math.min(LONGEST_CHARACTER, bytes.length); back++) {
      int at = bytes.length - back;
      int length = lengthOf(bytes[at]);
      if (length > 0) {
        return length > back ? at : bytes.length;
      }
    }
    return bytes.length;
  }

  /** How long the character is that a byte begins, or 0 where it begins none. */
  private static int lengthOf(byte first) {
    int ones = Integer.numberOfLeadingZeros(~(first << 24));
    return ones == 1 ? 0 : Math.max(1, ones);
  }
}
