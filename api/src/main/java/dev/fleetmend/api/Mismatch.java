package dev.fleetmend.api;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeType;
import java.util.Locale;

/** A JSON value of another type than the model asks for. */
final class Mismatch {
  private Mismatch() {}

  static void unless(boolean fits, JsonNode value, String wanted) {
    if (!fits) {
      throw of(value, wanted);
    }
  }

  static ApiException of(JsonNode value, String wanted) {
    return new ApiException(
        "SerializationException",
        "A " + name(value.getNodeType()) + " value cannot be converted to " + wanted + ".");
  }

  private static String name(JsonNodeType type) {
    return type.name().toLowerCase(Locale.ROOT);
  }
}
