package dev.fleetmend.cli.print;

/** Text from nodes and servers, made safe to show on a terminal. */
public final class Printable {
  private Printable() {}

  /** Control characters, which could steer a terminal, become a replacement character. */
  public static String of(String text) {
    if (text.chars().noneMatch(Printable::isControl)) {
      return text;
    }
    StringBuilder safe = new StringBuilder(text.length());
    text.chars().forEach(c -> safe.append(isControl(c) ? '\uFFFD' : (char) c));
    return safe.toString();
  }

  private static boolean isControl(int character) {
    return Character.isISOControl(character) || Character.getType(character) == Character.FORMAT;
  }
}
