package dev.fleetmend.server.inventory;

import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** An inventory entry being put together; what is not known is left out. */
final class Entry {
  private final Map<String, String> values = new TreeMap<>();

  Entry put(String name, @Nullable Object value) {
    if (value != null) {
      values.put(name, value.toString());
    }
    return this;
  }

  Map<String, String> map() {
    return Map.copyOf(values);
  }
}
