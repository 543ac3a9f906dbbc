package dev.fleetmend.api;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Base64;

/** Single values against their shape. */
final class ScalarCheck {
  /** Longer text than any pattern of the model allows is not worth matching. */
  private static final int LONGEST_MATCHED = 100_000;

  void check(Shape shape, JsonNode value, String path, Violations violations) {
    size(shape, value, measure(shape, value), path, violations);
    if (!matches(shape, value)) {
      violations.add(
          value, shape, path, "Member must satisfy regular expression pattern: " + shape.pattern());
    }
    if (!listed(shape, value)) {
      violations.add(value, shape, path, "Member must satisfy enum value set: " + shape.values());
    }
  }

  void size(Shape shape, JsonNode value, long size, String path, Violations violations) {
    Long max = shape.max();
    if (max != null && size > max) {
      violations.add(value, shape, path, shape.atMost(max));
    }
    Long min = shape.min();
    if (min != null && size < min) {
      violations.add(value, shape, path, shape.atLeast(min));
    }
  }

  boolean fits(Shape shape, JsonNode value) {
    long size = measure(shape, value);
    Long max = shape.max();
    Long min = shape.min();
    return (max == null || size <= max)
        && (min == null || size >= min)
        && matches(shape, value)
        && listed(shape, value);
  }

  private static long measure(Shape shape, JsonNode value) {
    return switch (shape.type()) {
      case "integer", "long" -> value.asLong();
      case "blob" -> Base64.getDecoder().decode(value.asText()).length;
      case "string" -> value.asText().codePointCount(0, value.asText().length());
      default -> 0;
    };
  }

  private static boolean matches(Shape shape, JsonNode value) {
    return shape.pattern() == null
        || (value.asText().length() <= LONGEST_MATCHED
            && shape.pattern().matcher(value.asText()).matches());
  }

  private static boolean listed(Shape shape, JsonNode value) {
    return shape.values().isEmpty() || shape.values().contains(value.asText());
  }
}
