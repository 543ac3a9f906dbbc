package dev.fleetmend.patching.decision;

import dev.fleetmend.patching.fact.HostFacts;
import dev.fleetmend.patching.fact.PackageLists;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/** Why a host may be worse off than its patch states show. */
public final class Doubts {
  /** Lists older than this may miss what was published since. */
  private static final Duration STALE_AFTER = Duration.ofHours(24);

  private Doubts() {}

  /** One sentence a doubt; empty when the facts can be relied on. */
  public static List<String> of(HostFacts facts, Instant now) {
    return of(facts.lists(), facts.unfinished(), now);
  }

  /**
   * As {@link #of(HostFacts, Instant)}, from the facts that it takes.
   *
   * @param unfinished packages that are neither wholly installed nor removed
   */
  public static List<String> of(PackageLists lists, List<String> unfinished, Instant now) {
    List<String> doubts = new ArrayList<>();
    Instant refreshed = Instant.ofEpochSecond(lists.refreshedAt());
    Duration age = Duration.between(refreshed, now);
    if (lists.refreshedAt() <= 0) {
      doubts.add("The package lists were never fetched: missing patches cannot be known");
    } else if (age.compareTo(STALE_AFTER) > 0) {
      doubts.add(
          "The package lists are of "
              + refreshed
              + ", "
              + age.toHours()
              + " hours old: newer patches cannot be known");
    }
    if (lists.failure() != null) {
      doubts.add("The package lists could not be refreshed: " + lists.failure());
    }
    if (!unfinished.isEmpty()) {
      doubts.add("Neither wholly installed nor removed: " + String.join(", ", unfinished));
    }
    return doubts;
  }
}
