package dev.fleetmend.server.compliance;

import dev.fleetmend.api.ApiException;
import dev.fleetmend.server.operation.Comparison;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.ssm.model.ComplianceStringFilter;

/** The filters of a list: AND across filters, OR within the values of one. */
final class ComplianceFilters<T> {
  private final Map<String, Function<T, @Nullable String>> keys;

  ComplianceFilters(Map<String, Function<T, @Nullable String>> keys) {
    this.keys = keys;
  }

  /**
   * Tells what passes.
   *
   * @throws ApiException InvalidFilter where a filter has no known key or no values
   */
  Predicate<T> of(List<ComplianceStringFilter> filters) {
    Predicate<T> all = item -> true;
    for (ComplianceStringFilter filter : filters) {
      all = all.and(one(filter));
    }
    return all;
  }

  private Predicate<T> one(ComplianceStringFilter filter) {
    Function<T, @Nullable String> field = filter.key() == null ? null : keys.get(filter.key());
    if (field == null) {
      throw invalid(
          "The filter key "
              + filter.key()
              + " is not valid: use one of "
              + new TreeSet<>(keys.keySet()));
    }
    if (filter.values().isEmpty()) {
      throw invalid("The filter " + filter.key() + " has no values");
    }
    Comparison comparison =
        Comparison.of(filter.typeAsString())
            .orElseThrow(
                () -> invalid("The filter type " + filter.typeAsString() + " is not valid"));
    return item -> {
      String text = field.apply(item);
      return comparison.admits(text == null ? "" : text, filter.values());
    };
  }

  private static ApiException invalid(String message) {
    return new ApiException("InvalidFilter", message + ".");
  }
}
