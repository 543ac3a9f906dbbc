package dev.fleetmend.cli.print;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** Rows under headings, each column as wide as its widest cell. */
public final class Table {
  private final List<String> headings;
  private final List<List<String>> rows = new ArrayList<>();

  public Table(String... headings) {
    this(Arrays.asList(headings));
  }

  public Table(List<String> headings) {
    this.headings = List.copyOf(headings);
  }

  /** Adds a row; a cell that is missing is empty. */
  public Table row(List<String> cells) {
    rows.add(cells.stream().map(Printable::of).toList());
    return this;
  }

  public Table row(String... cells) {
    return row(Arrays.asList(cells));
  }

  @Override
  public String toString() {
    int[] widths = new int[headings.size()];
    for (int column = 0; column < widths.length; column++) {
      widths[column] = headings.get(column).length();
      for (List<String> row : rows) {
        widths[column] = Math.max(widths[column], cell(row, column).length());
      }
    }
    StringBuilder text = new StringBuilder();
    line(text, headings, widths);
    rows.forEach(row -> line(text, row, widths));
    return text.toString();
  }

  private static void line(StringBuilder text, List<String> cells, int[] widths) {
    StringBuilder line = new StringBuilder();
    for (int column = 0; column < widths.length; column++) {
      String cell = cell(cells, column);
      line.append(cell).append(" ".repeat(widths[column] - cell.length() + 2));
    }
    text.append(line.toString().stripTrailing()).append('\n');
  }

  private static String cell(List<String> row, int column) {
    return column < row.size() ? row.get(column) : "";
  }
}
