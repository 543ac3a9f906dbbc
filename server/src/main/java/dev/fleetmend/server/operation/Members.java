package dev.fleetmend.server.operation;

import java.lang.reflect.RecordComponent;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.core.SdkField;
import software.amazon.awssdk.core.SdkPojo;

/** Members of requests and answers by the names that they have on the wire. */
final class Members {
  private Members() {}

  /**
   * The texts of a member; none where it is not there.
   *
   * @param structure of the SDK, or a record of ours
   * @param path names with dots between, such as {@code Command.CommandId}
   */
  static List<String> texts(Object structure, String path) {
    return values(structure, path).flatMap(Members::text).toList();
  }

  private static Stream<Object> values(Object structure, String path) {
    int dot = path.indexOf('.');
    Object value = value(structure, dot < 0 ? path : path.substring(0, dot));
    if (value == null) {
      return Stream.empty();
    }
    Stream<?> all = value instanceof Collection<?> many ? many.stream() : Stream.of(value);
    return dot < 0
        ? all.map(Object.class::cast)
        : all.flatMap(one -> values(one, path.substring(dot + 1)));
  }

  private static @Nullable Object value(Object structure, String name) {
    if (structure instanceof SdkPojo pojo) {
      for (SdkField<?> field : pojo.sdkFields()) {
        if (field.locationName().equals(name)) {
          return field.getValueOrDefault(pojo);
        }
      }
    } else if (structure instanceof Record) {
      for (RecordComponent component : structure.getClass().getRecordComponents()) {
        if (wireName(component).equals(name)) {
          return value(structure, component);
        }
      }
    }
    return null;
  }

  private static @Nullable Object value(Object structure, RecordComponent component) {
    try {
      component.getAccessor().setAccessible(true);
      return component.getAccessor().invoke(structure);
    } catch (ReflectiveOperationException e) {
      throw new IllegalStateException("a record that can't be read", e);
    }
  }

  private static String wireName(RecordComponent component) {
    String name = component.getName();
    return name.substring(0, 1).toUpperCase(Locale.ROOT) + name.substring(1);
  }

  /** A target, which is a key and values, is told as {@code key=value,value}. */
  private static Stream<String> text(Object value) {
    if (value instanceof SdkPojo pojo) {
      List<String> keys = texts(pojo, "Key");
      return keys.isEmpty()
          ? Stream.empty()
          : Stream.of(keys.getFirst() + "=" + String.join(",", texts(pojo, "Values")));
    }
    return value instanceof String || value instanceof Number || value instanceof Boolean
        ? Stream.of(value.toString())
        : Stream.empty();
  }
}
