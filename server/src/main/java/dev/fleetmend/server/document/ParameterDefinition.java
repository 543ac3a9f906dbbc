package dev.fleetmend.server.document;

import dev.fleetmend.api.ApiException;
import java.util.List;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * A parameter that a document declares.
 *
 * @param defaultValue as the document has it, of the parameter's type; null where a value is
 *     required
 * @param allowedValues the only values, as text, or empty for any
 * @param allowedPattern what each text must have a match of, or null
 * @param inEnvironment whether the value reaches scripts as {@code SSM_<name>}, instead of being
 *     written into them ({@code interpolationType: ENV_VAR})
 */
record ParameterDefinition(
    String name,
    ParameterType type,
    @Nullable String description,
    @Nullable Object defaultValue,
    List<String> allowedValues,
    @Nullable Pattern allowedPattern,
    int minItems,
    int maxItems,
    int minChars,
    int maxChars,
    boolean inEnvironment) {

  boolean required() {
    return defaultValue == null;
  }

  /**
   * The value as agents take it, of the parameter's type.
   *
   * @throws ApiException InvalidParameters when the document does not allow the values
   */
  Object accept(List<String> values) {
    if (!type.isList() && values.size() != 1) {
      throw refused("takes one value, and " + values.size() + " were given");
    }
    Object value = ParameterValues.read(type, values);
    if (value == null) {
      throw refused("must be " + ParameterValues.expected(type));
    }
    String objection = objection(value);
    if (objection != null) {
      throw refused(objection);
    }
    return value;
  }

  /** What speaks against a value of the right type, or null. */
  @Nullable String objection(Object value) {
    if (value instanceof List<?> list) {
      if (list.size() < minItems || list.size() > maxItems) {
        return "takes " + minItems + " to " + maxItems + " values";
      }
      for (Object element : list) {
        String objection = ofOne(element);
        if (objection != null) {
          return objection;
        }
      }
      return null;
    }
    return ofOne(value);
  }

  private @Nullable String ofOne(Object element) {
    if (!(element instanceof String) && !allowedValues.isEmpty()) {
      return allowedValues.contains(element.toString()) ? null : notAllowed();
    }
    if (!(element instanceof String text)) {
      return null;
    }
    if (text.length() < minChars || text.length() > maxChars) {
      return "takes " + minChars + " to " + maxChars + " characters";
    }
    if (!allowedValues.isEmpty() && !allowedValues.contains(text)) {
      return notAllowed();
    }
    return allowedPattern == null || matches(allowedPattern, text)
        ? null
        : "has value \"" + text + "\" not matching \"" + allowedPattern + "\"";
  }

  private String notAllowed() {
    return "must be one of " + String.join(", ", allowedValues);
  }

  /** A pattern that runs out of stack on a text does not match it. */
  private static boolean matches(Pattern pattern, String text) {
    try {
      return pattern.matcher(text).find();
    } catch (StackOverflowError e) {
      return false;
    }
  }

  private ApiException refused(String why) {
    return new ApiException("InvalidParameters", "Parameter " + name + " " + why + ".");
  }
}
