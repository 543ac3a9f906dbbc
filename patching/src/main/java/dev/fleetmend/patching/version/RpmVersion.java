package dev.fleetmend.patching.version;

import java.util.Comparator;
import java.util.regex.Pattern;

/**
 * An rpm package version, {@code [epoch:]version-release}, ordered as rpm orders it
 * (rpm-version(7)). The order is total over all texts, also over those that are no valid version.
 *
 * @param epoch decimal digits, {@code 0} where the text has none
 * @param release empty where the text has none, which is older than any
 */
public record RpmVersion(String epoch, String version, String release)
    implements Comparable<RpmVersion> {
  /** Orders version texts, oldest first. Texts that rpm holds equal compare as 0. */
  public static final Comparator<String> ORDER =
      (left, right) -> left.equals(right) ? 0 : parse(left).compareTo(parse(right));

  private static final Pattern VALID =
      Pattern.compile("(?:\\d{1,10}:)?[A-Za-z0-9][A-Za-z0-9._+~^]*-[A-Za-z0-9._+~^]+");

  /** Takes a text apart; never fails. */
  public static RpmVersion parse(String text) {
    int colon = text.indexOf(':');
    boolean hasEpoch = colon > 0 && text.chars().limit(colon).allMatch(RpmVersion::isDigit);
    String rest = hasEpoch ? text.substring(colon + 1) : text;
    int hyphen = rest.lastIndexOf('-');
    return new RpmVersion(
        hasEpoch ? text.substring(0, colon) : "0",
        hyphen < 0 ? rest : rest.substring(0, hyphen),
        hyphen < 0 ? "" : rest.substring(hyphen + 1));
  }

  /** Whether rpm would take the text for a version with its release. */
  public static boolean isValid(String text) {
    return VALID.matcher(text).matches();
  }

  @Override
  public int compareTo(RpmVersion other) {
    int byEpoch = compareParts(epoch, other.epoch);
    if (byEpoch != 0) {
      return byEpoch;
    }
    int byVersion = compareParts(version, other.version);
    return byVersion != 0 ? byVersion : compareParts(release, other.release);
  }

  /** Runs of digits or of letters one after another; what stands between them does not count. */
  private static int compareParts(String left, String right) {
    int l = segment(left, 0);
    int r = segment(right, 0);
    while (l < left.length() || r < right.length()) {
      int byMark = compareMarks(at(left, l), at(right, r));
      if (byMark != 0) {
        return byMark;
      }
      if (isMark(at(left, l))) {
        l = segment(left, l + 1);
        r = segment(right, r + 1);
        continue;
      }
      if (l == left.length() || r == right.length()) {
        return l < left.length() ? 1 : -1;
      }
      boolean digits = isDigit(left.charAt(l));
      if (digits != isDigit(right.charAt(r))) {
        return digits ? 1 : -1;
      }
      int leftEnd = end(left, l, digits);
      int rightEnd = end(right, r, digits);
      int bySegment =
          compareSegments(left.substring(l, leftEnd), right.substring(r, rightEnd), digits);
      if (bySegment != 0) {
        return bySegment;
      }
      l = segment(left, leftEnd);
      r = segment(right, rightEnd);
    }
    return 0;
  }

  /** A tilde is older than the end of the text; a caret is newer than that, older than the rest. */
  private static int compareMarks(int left, int right) {
    if (left == right || !(isMark(left) || isMark(right))) {
      return 0;
    }
    if (left == '~' || right == '~') {
      return left == '~' ? -1 : 1;
    }
    boolean leftIsOlder = left == '^' ? right != 0 : left == 0;
    return leftIsOlder ? -1 : 1;
  }

  private static int compareSegments(String left, String right, boolean digits) {
    if (!digits) {
      return left.compareTo(right);
    }
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

  private static int at(String text, int index) {
    return index < text.length() ? text.charAt(index) : 0;
  }

  /** Where the next digit, letter or mark stands. */
  private static int segment(String text, int from) {
    int at = from;
    while (at < text.length() && !isAlphanumeric(text.charAt(at)) && !isMark(text.charAt(at))) {
      at++;
    }
    return at;
  }

  private static int end(String text, int from, boolean digits) {
    int end = from;
    while (end < text.length()
        && isAlphanumeric(text.charAt(end))
        && isDigit(text.charAt(end)) == digits) {
      end++;
    }
    return end;
  }

  private static boolean isMark(int character) {
    return character == '~' || character == '^';
  }

  private static boolean isAlphanumeric(int character) {
    int lower = character | 0x20;
    return isDigit(character) || (lower >= 'a' && lower <= 'z');
  }

  private static boolean isDigit(int character) {
    return character >= '0' && character <= '9';
  }
}
