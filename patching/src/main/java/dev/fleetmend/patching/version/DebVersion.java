package dev.fleetmend.patching.version;

import java.util.Comparator;
import java.util.regex.Pattern;

/**
 * A Debian package version, {@code [epoch:]upstream[-revision]}, ordered as dpkg orders it
 * (deb-version(7)). The order is total over all texts, also over those that are no valid version.
 *
 * @param epoch decimal digits, {@code 0} where the text has none
 * @param revision empty where the text has none
 */
public record DebVersion(String epoch, String upstream, String revision)
    implements Comparable<DebVersion> {
  /** Orders version texts, oldest first. Texts that dpkg holds equal compare as 0. */
  public static final Comparator<String> ORDER =
      (left, right) -> left.equals(right) ? 0 : parse(left).compareTo(parse(right));

  private static final Pattern VALID =
      Pattern.compile("\\d{1,9}:\\d[A-Za-z0-9.+~:-]*|\\d[A-Za-z0-9.+~-]*");

  /** Takes a text apart; never fails. */
  public static DebVersion parse(String text) {
    int colon = text.indexOf(':');
    boolean hasEpoch = colon > 0 && text.chars().limit(colon).allMatch(DebVersion::isDigit);
    String rest = hasEpoch ? text.substring(colon + 1) : text;
    int hyphen = rest.lastIndexOf('-');
    return new DebVersion(
        hasEpoch ? text.substring(0, colon) : "0",
        hyphen < 0 ? rest : rest.substring(0, hyphen),
        hyphen < 0 ? "" : rest.substring(hyphen + 1));
  }

  /** Whether dpkg would take the text for a version. */
  public static boolean isValid(String text) {
    return VALID.matcher(text).matches() && !text.endsWith("-");
  }

  /** Whether {@code left} is newer than {@code right}. */
  public static boolean isNewer(String left, String right) {
    return ORDER.compare(left, right) > 0;
  }

  @Override
  public int compareTo(DebVersion other) {
    int byEpoch = compareParts(epoch, other.epoch);
    if (byEpoch != 0) {
      return byEpoch;
    }
    int byUpstream = compareParts(upstream, other.upstream);
    return byUpstream != 0 ? byUpstream : compareParts(revision, other.revision);
  }

  /** Alternates runs of non-digits, by {@link #weight}, and runs of digits, by number. */
  private static int compareParts(String left, String right) {
    int l = 0;
    int r = 0;
    while (l < left.length() || r < right.length()) {
      while (nonDigitAt(left, l) || nonDigitAt(right, r)) {
        int difference = Integer.compare(weight(left, l), weight(right, r));
        if (difference != 0) {
          return difference;
        }
        l++;
        r++;
      }
      int leftEnd = digitsEnd(left, l);
      int rightEnd = digitsEnd(right, r);
      int difference = compareNumbers(left.substring(l, leftEnd), right.substring(r, rightEnd));
      if (difference != 0) {
        return difference;
      }
      l = leftEnd;
      r = rightEnd;
    }
    return 0;
  }

  /** A tilde sorts before the end, the end before letters, letters before all else. */
  private static int weight(String text, int at) {
    if (at >= text.length() || isDigit(text.charAt(at))) {
      return 0;
    }
    char character = text.charAt(at);
    if (character == '~') {
      return -1;
    }
    boolean letter = (character | 0x20) >= 'a' && (character | 0x20) <= 'z';
    return letter ? character : character + 0x10000;
  }

  private static int compareNumbers(String left, String right) {
    String l = withoutLeadingZeros(left);
    String r = withoutLeadingZeros(right);
    int byLength = Integer.compare(l.length(), r.length());
    return byLength != 0 ? byLength : l.compareTo(r);
  }

  private static String withoutLeadingZeros(String digits) {
    int start = 0;
    while (start < digits.length() && digits.charAt(start) == '0') {
      start++;
    }
    return digits.substring(start);
  }

  private static int digitsEnd(String text, int from) {
    int end = from;
    while (end < text.length() && isDigit(text.charAt(end))) {
      end++;
    }
    return end;
  }

  private static boolean nonDigitAt(String text, int at) {
    return at < text.length() && !isDigit(text.charAt(at));
  }

  private static boolean isDigit(int character) {
    return character >= '0' && character <= '9';
  }
}
