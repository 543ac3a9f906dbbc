package dev.fleetmend.server.document;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;
import org.jspecify.annotations.Nullable;

/** Reads the {@code parameters} of a Command document. */
final class ParameterReader {
  private static final Pattern NAME = Pattern.compile("[A-Za-z0-9_.-]{1,128}");
  private static final String ENVIRONMENT = "ENV_VAR";

  private ParameterReader() {}

  /**
   * The parameters in the document's order.
   *
   * @throws dev.fleetmend.api.ApiException InvalidDocumentContent where one makes no sense
   */
  static List<ParameterDefinition> read(@Nullable Object declared, String schemaVersion) {
    if (declared == null) {
      return List.of();
    }
    List<ParameterDefinition> parameters = new ArrayList<>();
    for (Map.Entry<String, Object> entry : object(declared, "parameters").entrySet()) {
      if (!NAME.matcher(entry.getKey()).matches()) {
        throw Problems.content("The parameter name " + entry.getKey() + " is not valid");
      }
      String where = "Parameter " + entry.getKey();
      parameters.add(read(entry.getKey(), object(entry.getValue(), where), schemaVersion));
    }
    return List.copyOf(parameters);
  }

  private static ParameterDefinition read(
      String name, Map<String, Object> json, String schemaVersion) {
    String where = "Parameter " + name;
    ParameterType type = ParameterType.of(json.get("type"));
    if (type == null) {
      throw Problems.content(
          where
              + ": its type must be String, StringList, Boolean, Integer, MapList or StringMap, not "
              + json.get("type"));
    }
    ParameterDefinition parameter =
        new ParameterDefinition(
            name,
            type,
            json.get("description") == null ? null : text(json, "description", where),
            json.get("default"),
            allowedValues(json, where),
            pattern(json, where),
            number(json, "minItems", 0, where),
            number(json, "maxItems", Integer.MAX_VALUE, where),
            number(json, "minChars", 0, where),
            number(json, "maxChars", Integer.MAX_VALUE, where),
            inEnvironment(json, type, schemaVersion, where));
    requireDefault(parameter, where);
    return parameter;
  }

  private static void requireDefault(ParameterDefinition parameter, String where) {
    Object value = parameter.defaultValue();
    if (value == null) {
      return;
    }
    if (!ParameterValues.is(parameter.type(), value)) {
      throw Problems.content(
          where + ": its default must be " + ParameterValues.expected(parameter.type()));
    }
    String objection = parameter.objection(value);
    if (objection != null) {
      throw Problems.content(where + ": its default does not fit, it " + objection);
    }
  }

  private static boolean inEnvironment(
      Map<String, Object> json, ParameterType type, String schemaVersion, String where) {
    Object interpolation = json.get("interpolationType");
    if (interpolation == null) {
      return false;
    }
    if (!interpolation.equals(ENVIRONMENT)) {
      throw Problems.content(where + ": interpolationType can only be " + ENVIRONMENT);
    }
    if (type != ParameterType.STRING || !schemaVersion.equals("2.2")) {
      throw Problems.content(
          where + ": interpolationType is for parameters of type String in schema 2.2");
    }
    return true;
  }

  private static List<String> allowedValues(Map<String, Object> json, String where) {
    Object values = json.get("allowedValues");
    if (values == null) {
      return List.of();
    }
    if (!(values instanceof List<?> list) || list.isEmpty()) {
      throw Problems.content(where + ": allowedValues must be a list");
    }
    return list.stream().map(String::valueOf).toList();
  }

  private static @Nullable Pattern pattern(Map<String, Object> json, String where) {
    if (json.get("allowedPattern") == null) {
      return null;
    }
    try {
      return Pattern.compile(text(json, "allowedPattern", where));
    } catch (PatternSyntaxException e) {
      throw Problems.content(where + ": allowedPattern is no pattern: " + e.getDescription());
    } catch (StackOverflowError e) {
      throw Problems.content(where + ": allowedPattern is nested too deeply");
    }
  }

  private static int number(Map<String, Object> json, String member, int absent, String where) {
    Object value = json.get(member);
    if (value == null) {
      return absent;
    }
    if (value instanceof Integer number && number >= 0) {
      return number;
    }
    throw Problems.content(where + ": " + member + " must be a whole number, 0 or more");
  }

  private static String text(Map<String, Object> json, String member, String where) {
    if (json.get(member) instanceof String text) {
      return text;
    }
    throw Problems.content(where + ": " + member + " must be text");
  }

  static Map<String, Object> object(@Nullable Object value, String where) {
    if (!(value instanceof Map<?, ?> map)) {
      throw Problems.content(where + " must be an object");
    }
    Map<String, Object> copy = new LinkedHashMap<>();
    map.forEach((name, member) -> copy.put(String.valueOf(name), member));
    return copy;
  }
}
