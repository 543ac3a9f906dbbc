package dev.fleetmend.cli.print;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** An answer in one of the formats of {@code --output}. */
public enum Answer {
  JSON {
    @Override
    public String print(JsonNode node) {
      return JsonText.of(node) + "\n";
    }
  },
  TABLE {
    @Override
    public String print(JsonNode node) {
      List<JsonNode> rows = rows(node);
      if (rows.isEmpty() || rows.stream().noneMatch(JsonNode::isObject)) {
        return TEXT.print(node);
      }
      List<String> columns = columns(rows);
      Table table = new Table(columns);
      rows.forEach(row -> table.row(cells(row, columns)));
      return table.toString();
    }
  },
  TEXT {
    @Override
    public String print(JsonNode node) {
      StringBuilder text = new StringBuilder();
      for (JsonNode row : rows(node)) {
        List<String> cells = new ArrayList<>();
        if (row.isContainerNode()) {
          row.forEach(value -> cells.add(cell(value)));
        } else {
          cells.add(cell(row));
        }
        text.append(String.join("\t", cells)).append('\n');
      }
      return text.toString();
    }
  };

  public abstract String print(JsonNode node);

  /** A table where the answer is a list of flat rows and a person reads it, else JSON. */
  public static Answer suited(JsonNode node, boolean terminal) {
    boolean rows = !node.isEmpty() && node.isArray();
    for (JsonNode row : node) {
      rows &= row.isObject();
    }
    return terminal && rows ? TABLE : JSON;
  }

  /** The answer's rows: a list's elements, also where the list is all that the answer holds. */
  private static List<JsonNode> rows(JsonNode node) {
    JsonNode list = node;
    if (node.isObject() && node.size() == 1 && node.iterator().next().isArray()) {
      list = node.iterator().next();
    }
    List<JsonNode> rows = new ArrayList<>();
    if (list.isArray()) {
      list.forEach(rows::add);
    } else {
      rows.add(list);
    }
    return rows;
  }

  private static List<String> columns(List<JsonNode> rows) {
    Set<String> columns = new LinkedHashSet<>();
    for (JsonNode row : rows) {
      for (Map.Entry<String, JsonNode> member : row.properties()) {
        columns.add(member.getKey());
      }
    }
    return List.copyOf(columns);
  }

  private static List<String> cells(JsonNode row, List<String> columns) {
    return columns.stream().map(column -> cell(row.path(column))).toList();
  }

  private static String cell(JsonNode value) {
    if (value.isMissingNode()) {
      return "";
    }
    if (value.isNull()) {
      return "None";
    }
    return Printable.of(value.isContainerNode() ? value.toString() : value.asText());
  }
}
