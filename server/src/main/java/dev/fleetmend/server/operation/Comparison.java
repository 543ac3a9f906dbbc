package dev.fleetmend.server.operation;

import java.math.BigDecimal;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.format.DateTimeParseException;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** How a filter's values are held against a text. */
public enum Comparison {
  EQUAL,
  NOT_EQUAL,
  BEGIN_WITH,
  LESS_THAN,
  GREATER_THAN;

  private static final Pattern NUMBER = Pattern.compile("-?[0-9]{1,30}(\\.[0-9]{1,30})?");
  private static final Pattern VERSION = Pattern.compile("[0-9]{1,9}(\\.[0-9]{1,9}){2,20}");

  /**
   * The comparison of a name as the API spells it, such as {@code NOT_EQUAL} or {@code NotEqual};
   * equality where there is no name.
   */
  public static Optional<Comparison> of(@Nullable String name) {
    if (name == null) {
      return Optional.of(EQUAL);
    }
    String plain = name.replace("_", "").toUpperCase(Locale.ROOT);
    for (Comparison comparison : values()) {
      if (comparison.name().replace("_", "").equals(plain)) {
        return Optional.of(comparison);
      }
    }
    return Optional.empty();
  }

  /** Whether a text passes: for NOT_EQUAL it is none of the values, else it fits any of them. */
  public boolean admits(String text, List<String> values) {
    return switch (this) {
      case EQUAL -> values.contains(text);
      case NOT_EQUAL -> !values.contains(text);
      case BEGIN_WITH -> values.stream().anyMatch(text::startsWith);
      case LESS_THAN -> values.stream().anyMatch(value -> compare(text, value) < 0);
      case GREATER_THAN -> values.stream().anyMatch(value -> compare(text, value) > 0);
    };
  }

  /** As numbers, versions such as 3.3.1142.0 or times where both are, else as text. */
  private static int compare(String one, String other) {
    if (VERSION.matcher(one).matches() && VERSION.matcher(other).matches()) {
      return Arrays.compare(parts(one), parts(other));
    }
    if (NUMBER.matcher(one).matches() && NUMBER.matcher(other).matches()) {
      return new BigDecimal(one).compareTo(new BigDecimal(other));
    }
    Optional<Instant> time = time(one);
    Optional<Instant> otherTime = time(other);
    return time.isPresent() && otherTime.isPresent()
        ? time.get().compareTo(otherTime.get())
        : one.compareTo(other);
  }

  private static int[] parts(String version) {
    return Arrays.stream(version.split("\\.", -1)).mapToInt(Integer::parseInt).toArray();
  }

  private static Optional<Instant> time(String text) {
    try {
      return Optional.of(OffsetDateTime.parse(text).toInstant());
    } catch (DateTimeParseException e) {
      return Optional.empty();
    }
  }
}
