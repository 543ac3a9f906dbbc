package dev.fleetmend.api;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.TextNode;
import java.util.Map;

/** Walks a request along its shapes. */
final class ShapeCheck {
  private final Map<String, Shape> shapes;
  private final ScalarCheck scalars = new ScalarCheck();

  ShapeCheck(Map<String, Shape> shapes) {
    this.shapes = shapes;
  }

  boolean has(String structure, String member) {
    return shape(structure).members().containsKey(member);
  }

  void structure(String name, JsonNode value, String path, Violations violations) {
    Shape shape = shape(name);
    for (String required : shape.required()) {
      if (absent(value.get(required))) {
        violations.absent(child(path, required));
      }
    }
    for (Map.Entry<String, String> member : shape.members().entrySet()) {
      JsonNode child = value.get(member.getKey());
      if (!absent(child)) {
        any(member.getValue(), child, child(path, member.getKey()), violations);
      }
    }
  }

  private void any(String name, JsonNode value, String path, Violations violations) {
    Shape shape = shape(name);
    switch (shape.type()) {
      case "structure" -> structure(name, value, path, violations);
      case "list" -> {
        scalars.size(shape, value, value.size(), path, violations);
        list(shape, value, path, violations);
      }
      case "map" -> {
        scalars.size(shape, value, value.size(), path, violations);
        map(shape, value, path, violations);
      }
      default -> scalars.check(shape, value, path, violations);
    }
  }

  private void list(Shape shape, JsonNode array, String path, Violations violations) {
    String member = shape.member("member");
    Shape element = shape(member);
    int position = 1;
    for (JsonNode value : array) {
      if (violations.full()) {
        return;
      }
      if (absent(value)) {
        violations.absent(path + "." + position + ".member");
      } else if (!element.scalar()) {
        any(member, value, path + "." + position + ".member", violations);
      } else if (!scalars.fits(element, value)) {
        violations.add(
            array, element, path, "Member must satisfy constraint: " + element.constraints());
        return;
      }
      position++;
    }
  }

  private void map(Shape shape, JsonNode map, String path, Violations violations) {
    Shape key = shape(shape.member("key"));
    String valueName = shape.member("value");
    Shape value = shape(valueName);
    for (Map.Entry<String, JsonNode> entry : map.properties()) {
      if (violations.full()) {
        return;
      }
      if (!scalars.fits(key, TextNode.valueOf(entry.getKey()))) {
        violations.add(map, shape, path, "Map keys must satisfy constraint: " + key.constraints());
        return;
      }
      String inner = path + "." + entry.getKey() + ".member";
      if (absent(entry.getValue())) {
        violations.absent(inner);
      } else if (!value.scalar()) {
        any(valueName, entry.getValue(), inner, violations);
      } else if (!scalars.fits(value, entry.getValue())) {
        violations.add(
            map, shape, path, "Map value must satisfy constraint: " + value.constraints());
        return;
      }
    }
  }

  private Shape shape(String name) {
    Shape shape = shapes.get(name);
    if (shape == null) {
      throw new IllegalStateException("the service model lacks " + name);
    }
    return shape;
  }

  private static boolean absent(JsonNode value) {
    return value == null || value.isNull();
  }

  private static String child(String path, String member) {
    String spelled = Character.toLowerCase(member.charAt(0)) + member.substring(1);
    return path.isEmpty() ? spelled : path + "." + spelled;
  }
}
