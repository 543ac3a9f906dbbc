package dev.fleetmend.api;

import java.util.HashMap;
import java.util.Map;
import software.amazon.awssdk.core.SdkField;
import software.amazon.awssdk.core.SdkPojo;
import software.amazon.awssdk.core.util.SdkAutoConstructList;
import software.amazon.awssdk.core.util.SdkAutoConstructMap;

/** Copies members between the SDK's structures by their names on the wire. */
public final class Structures {
  private Structures() {}

  /**
   * Sets on a builder every member that is set in {@code from} and that the builder has too; the
   * rest of the builder stays as it is. Members of one name must have one type.
   */
  public static <B extends SdkPojo> B copy(SdkPojo from, B builder) {
    Map<String, SdkField<?>> wanted = new HashMap<>();
    for (SdkField<?> field : builder.sdkFields()) {
      wanted.put(field.locationName(), field);
    }
    for (SdkField<?> field : from.sdkFields()) {
      SdkField<?> target = wanted.get(field.locationName());
      Object value = field.getValueOrDefault(from);
      if (target != null
          && value != null
          && !(value instanceof SdkAutoConstructList)
          && !(value instanceof SdkAutoConstructMap)) {
        target.set(builder, value);
      }
    }
    return builder;
  }
}
