package dev.fleetmend.api;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * A shape of the service model, as far as requests are judged by it.
 *
 * @param members name to shape; a list has one, named member, a map two, named key and value
 * @param min least length of a string, blob, list or map, or least value of a number
 * @param max the greatest of these
 * @param sensitive whether an error may not repeat the value
 */
record Shape(
    String type,
    Map<String, String> members,
    List<String> required,
    @Nullable Long min,
    @Nullable Long max,
    @Nullable Pattern pattern,
    List<String> values,
    boolean sensitive) {

  boolean scalar() {
    return !type.equals("structure") && !type.equals("list") && !type.equals("map");
  }

  boolean number() {
    return type.equals("integer") || type.equals("long");
  }

  String member(String role) {
    String shape = members.get(role);
    if (shape == null) {
      throw new IllegalStateException("a " + type + " of the service model lacks " + role);
    }
    return shape;
  }

  /** What a value must satisfy, in AWS's words. */
  List<String> constraints() {
    List<String> texts = new ArrayList<>();
    if (max != null) {
      texts.add(atMost(max));
    }
    if (min != null) {
      texts.add(atLeast(min));
    }
    if (pattern != null) {
      texts.add("Member must satisfy regular expression pattern: " + pattern);
    }
    if (!values.isEmpty()) {
      texts.add("Member must satisfy enum value set: " + values);
    }
    return texts;
  }

  String atMost(long limit) {
    return "Member must have " + measure() + " less than or equal to " + limit;
  }

  String atLeast(long limit) {
    return "Member must have " + measure() + " greater than or equal to " + limit;
  }

  private String measure() {
    return number() ? "value" : "length";
  }

  /** This shape with what a later version of the model adds to it. */
  Shape extendedBy(Shape later) {
    if (!type.equals("structure")) {
      return later;
    }
    Map<String, String> all = new LinkedHashMap<>(members);
    all.putAll(later.members);
    return new Shape(type, all, required, min, max, pattern, values, sensitive);
  }
}
