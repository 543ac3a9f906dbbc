package dev.fleetmend.node.rpm;

import java.nio.file.FileSystems;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.regex.PatternSyntaxException;

/** Patterns of names with {@code *}, {@code ?} and {@code [...]}, as the shell has them. */
final class Globs {
  private Globs() {}

  /** Whether the pattern is the text, or matches it; one that is none matches nothing. */
  static boolean match(String pattern, String text) {
    try {
      return pattern.equals(text)
          || FileSystems.getDefault().getPathMatcher("glob:" + pattern).matches(Path.of(text));
    } catch (PatternSyntaxException | InvalidPathException e) {
      return false;
    }
  }
}
