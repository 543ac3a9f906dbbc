package dev.fleetmend.node.dnf;

import java.util.List;
import java.util.regex.Pattern;

/** What dnf says on its standard error, without what is no news. */
final class DnfWords {
  private static final Pattern NO_NEWS =
      Pattern.compile(
          "|Error:|Updating and loading repositories:|Repositories loaded\\."
              + "|.*[\\d?]{1,3}% \\|.*|You can try to add to command line:|--\\w.*"
              + "|Failed to resolve the transaction:");

  private DnfWords() {}

  static List<String> of(String errors) {
    return errors
        .lines()
        .map(String::strip)
        .filter(line -> !NO_NEWS.matcher(line).matches())
        .toList();
  }
}
