package dev.fleetmend.cli.print;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Iterator;
import java.util.Map;

/** JSON to read: indented, but a list's flat elements stand on one line each. */
public final class JsonText {
  private static final String INDENT = "    ";

  private JsonText() {}

  public static String of(JsonNode node) {
    StringBuilder text = new StringBuilder();
    write(text, node, "", false);
    return text.toString();
  }

  private static void write(StringBuilder text, JsonNode node, String indent, boolean inList) {
    if (!node.isContainerNode() || node.isEmpty()) {
      text.append(node);
    } else if (node.isArray()) {
      Iterator<JsonNode> elements = node.iterator();
      text.append('[');
      while (elements.hasNext()) {
        text.append('\n').append(indent).append(INDENT);
        write(text, elements.next(), indent + INDENT, true);
        text.append(elements.hasNext() ? "," : "");
      }
      text.append('\n').append(indent).append(']');
    } else if (inList && isFlat(node)) {
      members(text, node, " ", "");
    } else {
      members(text, node, "\n", indent);
    }
  }

  private static void members(StringBuilder text, JsonNode node, String line, String indent) {
    Iterator<Map.Entry<String, JsonNode>> members = node.properties().iterator();
    boolean one = line.equals(" ");
    text.append('{');
    while (members.hasNext()) {
      Map.Entry<String, JsonNode> member = members.next();
      text.append(one ? "" : line + indent + INDENT)
          .append(com.fasterxml.jackson.databind.node.TextNode.valueOf(member.getKey()))
          .append(": ");
      write(text, member.getValue(), indent + INDENT, false);
      text.append(members.hasNext() ? (one ? ", " : ",") : "");
    }
    text.append(one ? "" : "\n" + indent).append('}');
  }

  private static boolean isFlat(JsonNode node) {
    for (JsonNode value : node) {
      if (value.isContainerNode()) {
        return false;
      }
    }
    return true;
  }
}
