package dev.fleetmend.cli.plan;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/** Where two JSON values differ, as lines {@code path: old -> new}. */
final class Differences {
  private final List<String> lines = new ArrayList<>();

  private Differences() {}

  /** Compares some members of two structures; a member that is absent, null or empty is none. */
  static List<String> between(JsonNode old, JsonNode wanted, List<String> members) {
    Differences differences = new Differences();
    for (String member : members) {
      differences.compare(member, old.path(member), wanted.path(member));
    }
    return differences.lines;
  }

  private void compare(String path, JsonNode old, JsonNode wanted) {
    if (isNone(old) && isNone(wanted)) {
      return;
    }
    if (old.isObject() && wanted.isObject()) {
      Set<String> members = new TreeSet<>();
      old.fieldNames().forEachRemaining(members::add);
      wanted.fieldNames().forEachRemaining(members::add);
      for (String member : members) {
        compare(path + "." + member, old.path(member), wanted.path(member));
      }
    } else if (old.isArray() && wanted.isArray() && old.size() == wanted.size()) {
      for (int index = 0; index < old.size(); index++) {
        compare(path + "[" + index + "]", old.get(index), wanted.get(index));
      }
    } else if (!old.equals(wanted) && !old.asText("-").equals(wanted.asText("+"))) {
      lines.add(path + ": " + text(old) + " -> " + text(wanted));
    }
  }

  private static boolean isNone(JsonNode node) {
    return node.isMissingNode()
        || node.isNull()
        || (node.isContainerNode() && node.isEmpty())
        || (node.isTextual() && node.asText().isEmpty());
  }

  private static String text(JsonNode node) {
    return isNone(node) ? "none" : node.isTextual() ? node.asText() : node.toString();
  }
}
