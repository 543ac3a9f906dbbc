package dev.fleetmend.cli.declare;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.Locale;

/** Reads the nodes that something is meant for. */
final class TargetReader {
  private static final List<String> KEYS = List.of("InstanceIds", "tag:Patch Group", "tag-key");

  private TargetReader() {}

  static ArrayNode read(Source source, Fields fields) {
    ArrayNode targets = JsonNodeFactory.instance.arrayNode();
    for (Value item : fields.items("Targets")) {
      Fields target = new Fields(source, item, "a target", List.of("Key", "Values"));
      List<String> values = target.texts("Values");
      if (values.isEmpty()) {
        throw source.refuse(target.line(), "the target has no values");
      }
      ObjectNode node = targets.addObject();
      node.put("Key", key(source, target.line("Key"), target.require("Key")));
      values.forEach(node.putArray("Values")::add);
    }
    if (targets.isEmpty()) {
      throw source.refuse(
          fields.line("Targets"),
          "'Targets' is missing: say which nodes, for instance key tag:Patch Group, values [web]");
    }
    return targets;
  }

  /** A tag's name keeps its case, but for the patch group, which has one spelling. */
  private static String key(Source source, int line, String given) {
    String start = given.toLowerCase(Locale.ROOT);
    if (start.startsWith("tag:")) {
      String tag = given.substring(4).strip();
      return "tag:" + (tag.equalsIgnoreCase("patch group") ? "Patch Group" : tag);
    }
    return Spelling.match(given, KEYS)
        .orElseThrow(() -> source.refuseWord(line, "target key", given, KEYS));
  }
}
