package dev.fleetmend.server.inventory;

import dev.fleetmend.api.ApiException;
import dev.fleetmend.server.operation.Comparison;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.ssm.model.InventoryFilter;

/**
 * Filters over all types of a node: AND across filters, OR within the values of one. What is asked
 * of one type must hold of the same entry; NotEqual means that no entry has any of the values.
 */
final class InventoryFilters {
  private final Map<String, List<Condition>> byType;

  private InventoryFilters(Map<String, List<Condition>> byType) {
    this.byType = byType;
  }

  /**
   * One filter.
   *
   * @param attribute empty where it is about the type as a whole
   * @param comparison null where it asks whether there is one
   */
  private record Condition(String attribute, @Nullable Comparison comparison, List<String> values) {

    boolean ofEveryEntry() {
      return comparison == Comparison.NOT_EQUAL;
    }

    boolean isAbsence() {
      return comparison == null && values.stream().noneMatch(Boolean::parseBoolean);
    }

    boolean admits(Map<String, String> entry) {
      String value = entry.get(attribute);
      if (comparison == null) {
        return attribute.isEmpty() || value != null;
      }
      return value == null ? ofEveryEntry() : comparison.admits(value, values);
    }
  }

  /**
   * Reads filters.
   *
   * @throws ApiException InvalidFilter where a key names no type and attribute, or a type of filter
   *     is not known
   */
  static InventoryFilters of(List<InventoryFilter> filters) {
    Map<String, List<Condition>> byType = new LinkedHashMap<>();
    for (InventoryFilter filter : filters) {
      String key = filter.key();
      int colon = key.indexOf(':');
      boolean exists = "Exists".equals(filter.typeAsString());
      int dot = key.lastIndexOf('.');
      boolean whole = dot < colon;
      if (colon < 0 || key.indexOf('\0') >= 0 || (whole && !exists)) {
        throw invalid("The filter key " + key + " must be <type>.<attribute>");
      }
      String type = whole ? key : key.substring(0, dot);
      Comparison comparison =
          exists
              ? null
              : Comparison.of(filter.typeAsString())
                  .orElseThrow(
                      () -> invalid("The filter type " + filter.typeAsString() + " is not valid"));
      if (exists) {
        requireTruths(filter);
      }
      byType
          .computeIfAbsent(type, name -> new ArrayList<>())
          .add(new Condition(whole ? "" : key.substring(dot + 1), comparison, filter.values()));
    }
    return new InventoryFilters(byType);
  }

  private static void requireTruths(InventoryFilter filter) {
    for (String value : filter.values()) {
      String word = value.toLowerCase(Locale.ROOT);
      if (!word.equals("true") && !word.equals("false")) {
        throw invalid("The filter " + filter.key() + " of type Exists takes true or false");
      }
    }
  }

  /** Whether a node passes, told by what it has of each type. */
  boolean admit(Function<String, Optional<InventoryContent>> node) {
    return byType.entrySet().stream()
        .allMatch(
            type ->
                admit(
                    type.getValue(),
                    node.apply(type.getKey()).map(InventoryContent::entries).orElse(List.of())));
  }

  private static boolean admit(List<Condition> conditions, List<Map<String, String>> entries) {
    List<Condition> ofOneEntry = new ArrayList<>();
    for (Condition condition : conditions) {
      if (condition.ofEveryEntry()) {
        if (!entries.stream().allMatch(condition::admits)) {
          return false;
        }
      } else if (condition.isAbsence()) {
        if (entries.stream().anyMatch(condition::admits)) {
          return false;
        }
      } else {
        ofOneEntry.add(condition);
      }
    }
    return ofOneEntry.isEmpty()
        || entries.stream()
            .anyMatch(entry -> ofOneEntry.stream().allMatch(one -> one.admits(entry)));
  }

  private static ApiException invalid(String message) {
    return new ApiException("InvalidFilter", message + ".");
  }
}
