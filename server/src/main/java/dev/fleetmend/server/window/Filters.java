package dev.fleetmend.server.window;

import dev.fleetmend.server.window.schedule.DateText;
import dev.fleetmend.server.window.schedule.ScheduleException;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.ssm.model.MaintenanceWindowFilter;

/** The filters of a list: AND across filters, OR within the values of one. */
final class Filters<T> {
  private final Map<String, Function<String, Predicate<T>>> keys = new HashMap<>();

  /** Takes items whose text is one of the values. */
  Filters<T> text(String key, Function<T, @Nullable String> of) {
    keys.put(key, value -> item -> value.equals(of.apply(item)));
    return this;
  }

  /** As {@link #text}, without regard to case. */
  Filters<T> word(String key, Function<T, @Nullable String> of) {
    keys.put(key, value -> item -> value.equalsIgnoreCase(of.apply(item)));
    return this;
  }

  /** Takes items whose time is earlier than the one given. */
  Filters<T> before(String key, Function<T, Instant> of) {
    keys.put(
        key,
        value -> {
          Instant time = time(value);
          return item -> of.apply(item).isBefore(time);
        });
    return this;
  }

  /** Takes items whose time is later than the one given. */
  Filters<T> after(String key, Function<T, Instant> of) {
    keys.put(
        key,
        value -> {
          Instant time = time(value);
          return item -> of.apply(item).isAfter(time);
        });
    return this;
  }

  Predicate<T> of(List<MaintenanceWindowFilter> filters) {
    Predicate<T> all = item -> true;
    for (MaintenanceWindowFilter filter : filters) {
      all = all.and(one(filter.key(), filter.values()));
    }
    return all;
  }

  Predicate<T> one(@Nullable String key, List<String> values) {
    Function<String, Predicate<T>> matching = key == null ? null : keys.get(key);
    if (matching == null) {
      throw Refusals.validation(
          "The filter key " + key + " is not valid: use one of " + new TreeSet<>(keys.keySet()));
    }
    if (values.isEmpty()) {
      throw Refusals.validation("The filter " + key + " has no values.");
    }
    return values.stream().map(matching).reduce(Predicate::or).orElseThrow();
  }

  private static Instant time(String text) {
    try {
      return DateText.parse(text);
    } catch (ScheduleException e) {
      throw Refusals.validation(String.valueOf(e.getMessage()));
    }
  }
}
