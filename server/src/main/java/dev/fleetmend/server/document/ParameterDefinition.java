package dev.fleetmend.server.document;

import dev.fleetmend.api.ApiException;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * A parameter that a document declares.
 *
 * @param defaultValue a String or a list of Strings; null where a value is required
 * @param allowedValues the only values, or empty for any
 * @param allowedPattern what each value must match, or null
 */
record ParameterDefinition(
    String name,
    ParameterType type,
    String description,
    @Nullable Object defaultValue,
    List<String> allowedValues,
    @Nullable Pattern allowedPattern,
    int minItems,
    int maxItems,
    int maxChars) {

  static ParameterDefinition read(String name, Map<?, ?> json) {
    Object pattern = json.get("allowedPattern");
    return new ParameterDefinition(
        name,
        ParameterType.of(json.get("type")),
        String.valueOf(json.get("description")),
        json.get("default"),
        json.get("allowedValues") instanceof List<?> values
            ? values.stream().map(String::valueOf).toList()
            : List.of(),
        pattern == null ? null : Pattern.compile(pattern.toString()),
        number(json.get("minItems"), 0),
        number(json.get("maxItems"), Integer.MAX_VALUE),
        number(json.get("maxChars"), Integer.MAX_VALUE));
  }

  private static int number(@Nullable Object value, int absent) {
    return value instanceof Number number ? number.intValue() : absent;
  }

  boolean required() {
    return defaultValue == null;
  }

  /**
   * The value as agents take it: text for a String, a list of texts for a StringList.
   *
   * @throws ApiException InvalidParameters when the document does not allow the values
   */
  Object accept(List<String> values) {
    if (type == ParameterType.STRING && values.size() != 1) {
      throw refused("takes one value, and " + values.size() + " were given");
    }
    if (values.size() < minItems || values.size() > maxItems) {
      throw refused("takes " + minItems + " to " + maxItems + " values");
    }
    values.forEach(this::check);
    return type == ParameterType.STRING ? values.getFirst() : List.copyOf(values);
  }

  private void check(String value) {
    if (value.length() > maxChars) {
      throw refused("takes at most " + maxChars + " characters");
    }
    if (!allowedValues.isEmpty() && !allowedValues.contains(value)) {
      throw refused("must be one of " + String.join(", ", allowedValues));
    }
    if (allowedPattern != null && !allowedPattern.matcher(value).find()) {
      throw refused("must match " + allowedPattern);
    }
  }

  private ApiException refused(String why) {
    return new ApiException("InvalidParameters", "Parameter " + name + " " + why + ".");
  }
}
