package dev.fleetmend.cli.declare;

import java.util.Collection;
import java.util.Locale;
import java.util.Optional;

/** Words compared as people write them: without regard to case and punctuation. */
public final class Spelling {
  private Spelling() {}

  /** Only letters and digits, in lower case. */
  public static String loose(String word) {
    StringBuilder letters = new StringBuilder(word.length());
    word.toLowerCase(Locale.ROOT)
        .codePoints()
        .filter(Character::isLetterOrDigit)
        .forEach(letters::appendCodePoint);
    return letters.toString();
  }

  /** The right spelling of a word, if it is one of those known. */
  public static Optional<String> match(String given, Collection<String> known) {
    if (known.contains(given)) {
      return Optional.of(given);
    }
    String wanted = loose(given);
    return known.stream().filter(word -> loose(word).equals(wanted)).findFirst();
  }

  /** The known word that needs the fewest changes, if that is few enough to be a slip. */
  public static Optional<String> nearest(String given, Collection<String> known) {
    String wanted = loose(given);
    String best = null;
    int fewest = Math.max(2, wanted.length() / 3) + 1;
    for (String word : known) {
      String candidate = loose(word);
      int changes =
          !wanted.isEmpty() && candidate.startsWith(wanted) ? 1 : changes(wanted, candidate);
      if (changes < fewest) {
        fewest = changes;
        best = word;
      }
    }
    return Optional.ofNullable(best);
  }

  /** Levenshtein's distance. */
  private static int changes(String from, String to) {
    int[] above = new int[to.length() + 1];
    for (int column = 0; column <= to.length(); column++) {
      above[column] = column;
    }
    for (int row = 1; row <= from.length(); row++) {
      int[] current = new int[to.length() + 1];
      current[0] = row;
      for (int column = 1; column <= to.length(); column++) {
        int swap = from.charAt(row - 1) == to.charAt(column - 1) ? 0 : 1;
        current[column] =
            Math.min(above[column - 1] + swap, Math.min(above[column], current[column - 1]) + 1);
      }
      above = current;
    }
    return above[to.length()];
  }
}
