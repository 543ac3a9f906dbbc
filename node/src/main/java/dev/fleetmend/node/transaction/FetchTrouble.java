package dev.fleetmend.node.transaction;

import dev.fleetmend.node.manager.PackageManager;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;

/** Why package files could not be fetched, in the package manager's words. */
final class FetchTrouble {
  /** How lines about it begin, of apt and dnf. */
  private static final List<String> WORDS = List.of("E: ", "Err:", "Error", "[FAILED] ");

  /** How dnf 5 marks them; that no mirror is left says nothing new. */
  private static final Pattern MARKED = Pattern.compile(">>> (?!No more mirrors)(\\S.*)");

  private static final int MOST_LINES = 3;
  private static final int LONGEST = 300;

  private FetchTrouble() {}

  /**
   * The newest errors.
   *
   * @param folder that they were to be fetched to
   * @return in brackets, with a space before it; empty where nothing was said
   */
  static String in(Path folder) throws IOException {
    Path log = folder.resolve(PackageManager.FETCH_LOG);
    if (!Files.exists(log)) {
      return "";
    }
    List<String> errors =
        new String(Files.readAllBytes(log), StandardCharsets.UTF_8)
            .lines()
            .map(String::strip)
            .filter(FetchTrouble::isTrouble)
            .map(line -> MARKED.matcher(line).replaceFirst("$1"))
            .map(line -> line.length() > LONGEST ? line.substring(0, LONGEST) : line)
            .toList();
    List<String> newest = errors.subList(Math.max(0, errors.size() - MOST_LINES), errors.size());
    return newest.isEmpty() ? "" : " (" + String.join("; ", newest) + ")";
  }

  private static boolean isTrouble(String line) {
    return MARKED.matcher(line).matches() || WORDS.stream().anyMatch(line::startsWith);
  }
}
