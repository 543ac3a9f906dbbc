package dev.fleetmend.server.scan;

import dev.fleetmend.api.ApiException;
import dev.fleetmend.patching.decision.PatchCounts;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.function.ToIntFunction;
import software.amazon.awssdk.services.ssm.model.InstancePatchStateFilter;

/** The filters of DescribeInstancePatchStatesForPatchGroup: a counter against a number. */
final class StateFilters {
  private static final Map<String, ToIntFunction<PatchCounts>> COUNTERS =
      Map.of(
          "InstalledCount", PatchCounts::installed,
          "InstalledOtherCount", PatchCounts::installedOther,
          "InstalledPendingRebootCount", PatchCounts::installedPendingReboot,
          "InstalledRejectedCount", PatchCounts::installedRejected,
          "MissingCount", PatchCounts::missing,
          "FailedCount", PatchCounts::failed,
          "NotApplicableCount", PatchCounts::notApplicable,
          "UnreportedNotApplicableCount", counts -> 0);

  private StateFilters() {}

  /**
   * Whether all filters let the counts through.
   *
   * @throws ApiException InvalidFilter where one has no such counter, number or comparison
   */
  static boolean admit(List<InstancePatchStateFilter> filters, PatchCounts counts) {
    return filters.stream().allMatch(filter -> admits(filter, counts));
  }

  /**
   * Checks filters without anything to hold them against.
   *
   * @throws ApiException InvalidFilter
   */
  static void check(List<InstancePatchStateFilter> filters) {
    PatchCounts none = PatchCounts.of(List.of());
    filters.forEach(filter -> admits(filter, none));
  }

  private static boolean admits(InstancePatchStateFilter filter, PatchCounts counts) {
    ToIntFunction<PatchCounts> counter = COUNTERS.get(filter.key());
    if (counter == null) {
      throw invalid(
          "The filter key " + filter.key() + " is none of " + new TreeSet<>(COUNTERS.keySet()));
    }
    if (filter.values().size() != 1) {
      throw invalid("The filter " + filter.key() + " takes exactly one value");
    }
    long value = number(filter.values().getFirst());
    int count = counter.applyAsInt(counts);
    return switch (filter.typeAsString()) {
      case "Equal" -> count == value;
      case "NotEqual" -> count != value;
      case "LessThan" -> count < value;
      case "GreaterThan" -> count > value;
      default -> throw invalid("The filter type " + filter.typeAsString() + " is not known");
    };
  }

  private static long number(String text) {
    try {
      return Long.parseLong(text);
    } catch (NumberFormatException e) {
      throw invalid("The filter value " + text + " is no number");
    }
  }

  private static ApiException invalid(String message) {
    return new ApiException("InvalidFilter", message + ".");
  }
}
