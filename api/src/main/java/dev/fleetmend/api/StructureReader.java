package dev.fleetmend.api;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.core.SdkField;
import software.amazon.awssdk.core.SdkPojo;
import software.amazon.awssdk.core.protocol.MarshallingType;
import software.amazon.awssdk.core.traits.ListTrait;
import software.amazon.awssdk.core.traits.MapTrait;
import software.amazon.awssdk.utils.builder.SdkBuilder;

/** JSON objects to the SDK's structures, as the fields of those describe themselves. */
final class StructureReader {
  private final ScalarReader scalars = new ScalarReader();

  Object read(JsonNode object, SdkPojo builder) {
    for (SdkField<?> field : builder.sdkFields()) {
      JsonNode value = object.get(field.locationName());
      if (value != null && !value.isNull()) {
        field.set(builder, value(value, field));
      }
    }
    return ((SdkBuilder<?, ?>) builder).build();
  }

  private Object value(JsonNode value, SdkField<?> field) {
    MarshallingType<?> type = field.marshallingType();
    if (type.equals(MarshallingType.SDK_POJO)) {
      Mismatch.unless(value.isObject(), value, "a structure");
      return read(value, field.constructor().get());
    }
    if (type.equals(MarshallingType.LIST)) {
      Mismatch.unless(value.isArray(), value, "a list");
      return list(value, field.getTrait(ListTrait.class).memberFieldInfo());
    }
    if (type.equals(MarshallingType.MAP)) {
      Mismatch.unless(value.isObject(), value, "a map");
      return map(value, field.getTrait(MapTrait.class).valueFieldInfo());
    }
    return scalars.read(value, type);
  }

  private List<@Nullable Object> list(JsonNode array, SdkField<?> member) {
    List<@Nullable Object> list = new ArrayList<>(array.size());
    for (JsonNode element : array) {
      list.add(element.isNull() ? null : value(element, member));
    }
    return list;
  }

  private Map<String, @Nullable Object> map(JsonNode object, SdkField<?> member) {
    Map<String, @Nullable Object> map = new LinkedHashMap<>();
    for (Map.Entry<String, JsonNode> entry : object.properties()) {
      JsonNode value = entry.getValue();
      map.put(entry.getKey(), value.isNull() ? null : value(value, member));
    }
    return map;
  }
}
