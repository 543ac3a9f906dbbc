package dev.fleetmend.server.document;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.fleetmend.api.ApiException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Values of parameters: SendCommand gives every one as a list of texts. */
final class ParameterValues {
  private static final ObjectMapper JSON = JsonMapper.builder().build();
  private static final TypeReference<Map<String, Object>> MAP = new TypeReference<>() {};
  private static final TypeReference<List<Map<String, Object>>> MAPS = new TypeReference<>() {};

  private ParameterValues() {}

  /** The value of that type, or null where the texts are none. */
  static @Nullable Object read(ParameterType type, List<String> values) {
    return switch (type) {
      case STRING -> values.getFirst();
      case STRING_LIST -> List.copyOf(values);
      case BOOLEAN -> truth(values.getFirst());
      case INTEGER -> number(values.getFirst());
      case STRING_MAP -> json(values.getFirst(), MAP);
      case MAP_LIST -> maps(values);
    };
  }

  /** What a value of a type looks like, for people. */
  static String expected(ParameterType type) {
    return switch (type) {
      case STRING -> "a text";
      case STRING_LIST -> "a list of texts";
      case BOOLEAN -> "true or false";
      case INTEGER -> "a whole number";
      case STRING_MAP -> "a JSON object";
      case MAP_LIST -> "JSON objects";
    };
  }

  /** Whether a value as a document's {@code default} has it is of that type. */
  static boolean is(ParameterType type, Object value) {
    return switch (type) {
      case STRING -> value instanceof String;
      case STRING_LIST ->
          value instanceof List<?> list && list.stream().allMatch(String.class::isInstance);
      case BOOLEAN -> value instanceof Boolean;
      case INTEGER -> value instanceof Integer || value instanceof Long;
      case STRING_MAP -> value instanceof Map;
      case MAP_LIST ->
          value instanceof List<?> list && list.stream().allMatch(Map.class::isInstance);
    };
  }

  private static @Nullable Boolean truth(String text) {
    return switch (text) {
      case "true", "True" -> true;
      case "false", "False" -> false;
      default -> null;
    };
  }

  private static @Nullable Long number(String text) {
    try {
      return Long.valueOf(text);
    } catch (NumberFormatException e) {
      return null;
    }
  }

  /** One JSON object a text, or all of them as one JSON array. */
  private static @Nullable Object maps(List<String> values) {
    if (values.size() == 1 && values.getFirst().stripLeading().startsWith("[")) {
      return json(values.getFirst(), MAPS);
    }
    List<Object> maps = new ArrayList<>();
    for (String value : values) {
      Object map = json(value, MAP);
      if (map == null) {
        return null;
      }
      maps.add(map);
    }
    return maps;
  }

  private static @Nullable Object json(String text, TypeReference<?> type) {
    try {
      return DocumentText.withoutNulls(JSON.readValue(text, type));
    } catch (JsonProcessingException | ApiException | StackOverflowError e) {
      return null;
    }
  }
}
