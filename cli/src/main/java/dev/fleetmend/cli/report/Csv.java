package dev.fleetmend.cli.report;

import dev.fleetmend.cli.print.Printable;
import java.util.List;
import java.util.stream.Collectors;

/**
 * Comma-separated values (RFC 4180). What a spreadsheet would take for a formula gets an apostrophe
 * before it: names come from nodes, and nodes may be hostile.
 */
public final class Csv {
  private static final String FORMULA = "=+-@\t\r";

  private Csv() {}

  /** Adds a line. */
  public static void line(StringBuilder text, List<String> cells) {
    text.append(cells.stream().map(Csv::cell).collect(Collectors.joining(","))).append("\r\n");
  }

  private static String cell(String value) {
    String safe = Printable.of(value);
    if (!safe.isEmpty() && FORMULA.indexOf(value.charAt(0)) >= 0) {
      safe = "'" + safe;
    }
    return safe.matches("(?s).*[\",'\\s].*") ? '"' + safe.replace("\"", "\"\"") + '"' : safe;
  }
}
