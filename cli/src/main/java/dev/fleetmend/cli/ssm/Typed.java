package dev.fleetmend.cli.ssm;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.fleetmend.cli.declare.Spelling;
import java.time.DateTimeException;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import software.amazon.awssdk.core.SdkField;
import software.amazon.awssdk.core.SdkPojo;
import software.amazon.awssdk.core.protocol.MarshallingType;
import software.amazon.awssdk.core.traits.ListTrait;
import software.amazon.awssdk.core.traits.MapTrait;

/**
 * Gives untyped input the types of the SDK's members: text becomes numbers and flags, a single
 * value becomes a list of one, and names get their right spelling.
 */
final class Typed {
  private Typed() {}

  /** A structure's members in their right spelling and type. */
  static ObjectNode structure(JsonNode given, SdkPojo shape, String where) {
    if (!given.isObject()) {
      throw new IllegalArgumentException(where + " must be a structure, such as Key=..,Values=..");
    }
    ObjectNode node = JsonNodeFactory.instance.objectNode();
    for (Map.Entry<String, JsonNode> entry : given.properties()) {
      SdkField<?> field =
          member(shape, entry.getKey()).orElseThrow(() -> unknown(shape, entry.getKey(), where));
      node.set(field.locationName(), value(entry.getValue(), field, field.locationName()));
    }
    return node;
  }

  /** The member meant, without regard to case and punctuation. */
  static Optional<SdkField<?>> member(SdkPojo shape, String name) {
    String wanted = Aliases.resolve(Spelling.loose(name));
    for (SdkField<?> field : shape.sdkFields()) {
      if (Spelling.loose(field.locationName()).equals(wanted)) {
        return Optional.of(field);
      }
    }
    return Optional.empty();
  }

  static JsonNode value(JsonNode given, SdkField<?> field, String where) {
    MarshallingType<?> type = field.marshallingType();
    if (type.equals(MarshallingType.LIST)) {
      SdkField<?> member = field.getTrait(ListTrait.class).memberFieldInfo();
      ArrayNode list = JsonNodeFactory.instance.arrayNode();
      for (JsonNode element : given.isArray() ? given : List.of(given)) {
        list.add(value(element, member, where));
      }
      return list;
    }
    if (type.equals(MarshallingType.MAP)) {
      SdkField<?> member = field.getTrait(MapTrait.class).valueFieldInfo();
      if (!given.isObject()) {
        throw new IllegalArgumentException(where + " must be a map, such as name=value");
      }
      ObjectNode map = JsonNodeFactory.instance.objectNode();
      for (Map.Entry<String, JsonNode> entry : given.properties()) {
        map.set(entry.getKey(), value(entry.getValue(), member, where));
      }
      return map;
    }
    return type.equals(MarshallingType.SDK_POJO)
        ? structure(given, field.constructor().get(), where)
        : scalar(given, type, where);
  }

  private static JsonNode scalar(JsonNode given, MarshallingType<?> type, String where) {
    if (given.isContainerNode()) {
      throw new IllegalArgumentException(where + " must be a single value");
    }
    if (!given.isTextual()) {
      return type.equals(MarshallingType.STRING)
          ? JsonNodeFactory.instance.textNode(given.asText())
          : given;
    }
    String text = given.asText();
    try {
      if (type.equals(MarshallingType.INTEGER) || type.equals(MarshallingType.LONG)) {
        return JsonNodeFactory.instance.numberNode(Long.parseLong(text));
      }
      if (type.equals(MarshallingType.BOOLEAN)) {
        return flag(text, where);
      }
      if (type.equals(MarshallingType.INSTANT)) {
        return text.matches("\\d+(\\.\\d+)?")
            ? JsonNodeFactory.instance.numberNode(new java.math.BigDecimal(text))
            : JsonNodeFactory.instance.numberNode(OffsetDateTime.parse(text).toEpochSecond());
      }
    } catch (NumberFormatException e) {
      throw new IllegalArgumentException(where + " must be a whole number, not '" + text + "'", e);
    } catch (DateTimeException e) {
      throw new IllegalArgumentException(
          where + " must be a time such as 2030-01-01T00:00:00Z, not '" + text + "'", e);
    }
    return given;
  }

  private static JsonNode flag(String text, String where) {
    if (!text.equalsIgnoreCase("true") && !text.equalsIgnoreCase("false")) {
      throw new IllegalArgumentException(where + " must be true or false, not '" + text + "'");
    }
    return JsonNodeFactory.instance.booleanNode(Boolean.parseBoolean(text));
  }

  private static IllegalArgumentException unknown(SdkPojo shape, String name, String where) {
    List<String> known = shape.sdkFields().stream().map(SdkField::locationName).toList();
    return new IllegalArgumentException(
        where
            + " has no member '"
            + name
            + "': "
            + Spelling.nearest(name, known)
                .map(near -> "did you mean " + near + "?")
                .orElse("it has " + String.join(", ", known)));
  }
}
