package dev.fleetmend.cli.declare;

import java.util.List;

/** Names as SSM takes them. */
final class Names {
  private Names() {}

  /**
   * The name of a baseline or window: 3 to 128 letters, digits, {@code _}, {@code -} and {@code .};
   * anything else becomes a hyphen, which a note says.
   */
  static String resource(Source source, Fields fields, List<String> notes) {
    String given = fields.require("Name");
    String name = given.strip().replaceAll("[^a-zA-Z0-9_.-]+", "-");
    if (name.length() < 3 || name.length() > 128 || name.chars().allMatch(c -> c == '-')) {
      throw source.refuse(
          fields.line("Name"),
          "the name '" + given + "' must have 3 to 128 letters, digits, '_', '-' or '.'");
    }
    if (!name.equals(given)) {
      notes.add(
          "the name '" + given + "' is spelled " + name + ", since SSM's names have no spaces");
    }
    return name;
  }
}
