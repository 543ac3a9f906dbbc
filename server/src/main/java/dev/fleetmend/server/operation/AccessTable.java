package dev.fleetmend.server.operation;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Who may call what: {@code access.table}, one row an operation. It is the only place that says so;
 * an operation without a row cannot be offered.
 */
public final class AccessTable {
  private static final String RESOURCE = "/access.table";
  private static final String NOBODY = "-";
  private static final int COLUMNS = 5;

  private final Map<Action, Access> rows;

  private AccessTable(Map<Action, Access> rows) {
    this.rows = rows;
  }

  /** The server's own. */
  public static AccessTable load() {
    try (InputStream in =
        Objects.requireNonNull(AccessTable.class.getResourceAsStream(RESOURCE), RESOURCE)) {
      return parse(new String(in.readAllBytes(), UTF_8));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /**
   * Reads a table: columns with blanks between, lines that begin with # left out.
   *
   * @throws IllegalArgumentException where a row is not one
   */
  public static AccessTable parse(String text) {
    Map<Action, Access> rows = new TreeMap<>(Comparator.comparing(Action::toString));
    for (String line : text.lines().toList()) {
      if (!line.isBlank() && !line.startsWith("#")) {
        Access row = row(line);
        if (rows.put(row.action(), row) != null) {
          throw new IllegalArgumentException(row.action() + " has two rows in the access table");
        }
      }
    }
    return new AccessTable(rows);
  }

  private static Access row(String line) {
    String[] columns = line.strip().split("\\s+", -1);
    if (columns.length != COLUMNS) {
      throw new IllegalArgumentException("no row of the access table: " + line);
    }
    boolean anyone = columns[1].equals("anyone");
    String[] nodes = columns[2].split(":", 2);
    return new Access(
        Action.parse(columns[0]),
        keys(columns[1]),
        anyone,
        columns[2].equals(NOBODY) ? Access.Nodes.NONE : Access.Nodes.valueOf(upper(nodes[0])),
        nodes.length == 2 ? nodes[1] : null,
        Effect.valueOf(upper(columns[3])),
        columns[4].equals(NOBODY)
            ? List.of()
            : Arrays.stream(columns[4].split(",", -1)).map(ResourceMember::parse).toList());
  }

  private static @Nullable Role keys(String column) {
    if (column.equals(NOBODY) || column.equals("anyone")) {
      return null;
    }
    return Role.of(column).orElseThrow(() -> new IllegalArgumentException("no role: " + column));
  }

  private static String upper(String text) {
    return text.toUpperCase(Locale.ROOT);
  }

  /**
   * The row of an operation.
   *
   * @throws IllegalStateException where it has none
   */
  Access of(String target) {
    Access row = rows.get(Action.of(target));
    if (row == null) {
      throw new IllegalStateException(
          target + " has no row in " + RESOURCE + ", which says who may call it");
    }
    return row;
  }

  /** All rows. */
  public List<Access> rows() {
    return List.copyOf(rows.values());
  }
}
