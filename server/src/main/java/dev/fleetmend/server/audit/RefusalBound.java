package dev.fleetmend.server.audit;

import java.util.HashMap;
import java.util.Map;
import java.util.OptionalInt;

/**
 * How many refusals of those who may be anyone are recorded: so many a minute of each, and of all
 * together. The others are counted, and the next that is recorded says how many they were.
 */
final class RefusalBound {
  private static final long MINUTE = 60_000;
  private static final int MOST_REMEMBERED = 10_000;

  private final int ofEach;
  private final int ofAll;
  private final Map<String, Integer> recorded = new HashMap<>();
  private final Map<String, Integer> unrecorded = new HashMap<>();
  private long minute;
  private int all;

  RefusalBound(int ofEach, int ofAll) {
    this.ofEach = ofEach;
    this.ofAll = ofAll;
  }

  /**
   * Whether one more is to be recorded.
   *
   * @param whose a node's id, or the address of somebody unknown
   * @return how many of the same came unrecorded before it; nothing where this one is not either
   */
  synchronized OptionalInt admit(String whose, long now) {
    if (now / MINUTE != minute) {
      minute = now / MINUTE;
      recorded.clear();
      all = 0;
    }
    if (all < ofAll && recorded.getOrDefault(whose, 0) < ofEach) {
      all++;
      recorded.merge(whose, 1, Integer::sum);
      Integer before = unrecorded.remove(whose);
      return OptionalInt.of(before == null ? 0 : before);
    }
    if (unrecorded.size() < MOST_REMEMBERED || unrecorded.containsKey(whose)) {
      unrecorded.merge(whose, 1, Integer::sum);
    }
    return OptionalInt.empty();
  }
}
