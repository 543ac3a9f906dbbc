package dev.fleetmend.api;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import java.util.StringJoiner;

/** What is wrong with a request, in AWS's wording. */
final class Violations {
  /** A list of ten thousand bad elements is not answered with ten thousand sentences. */
  private static final int MOST = 50;

  private static final int LONGEST_VALUE = 1_000;

  private final List<String> sentences = new ArrayList<>();

  void absent(String path) {
    add("Value null at '" + path + "'", "Member must not be null");
  }

  void add(JsonNode value, Shape shape, String path, String constraint) {
    add(
        (shape.sensitive() ? "Value at '" : "Value '" + text(value) + "' at '") + path + "'",
        constraint);
  }

  private void add(String subject, String constraint) {
    if (!full()) {
      sentences.add(subject + " failed to satisfy constraint: " + constraint);
    }
  }

  boolean full() {
    return sentences.size() >= MOST;
  }

  void raise() {
    if (!sentences.isEmpty()) {
      throw new ApiException(
          "ValidationException",
          sentences.size()
              + (sentences.size() == 1 ? " validation error" : " validation errors")
              + " detected: "
              + String.join("; ", sentences));
    }
  }

  private static String text(JsonNode value) {
    String text = value.isValueNode() ? value.asText() : compound(value);
    return text.length() <= LONGEST_VALUE ? text : text.substring(0, LONGEST_VALUE) + "...";
  }

  private static String compound(JsonNode value) {
    if (value.isArray()) {
      StringJoiner list = new StringJoiner(", ", "[", "]");
      for (JsonNode element : value) {
        if (list.length() > LONGEST_VALUE) {
          break;
        }
        list.add(text(element));
      }
      return list.toString();
    }
    StringJoiner map = new StringJoiner(", ", "{", "}");
    for (var entry : value.properties()) {
      if (map.length() > LONGEST_VALUE) {
        break;
      }
      map.add(entry.getKey() + "=" + text(entry.getValue()));
    }
    return map.toString();
  }
}
