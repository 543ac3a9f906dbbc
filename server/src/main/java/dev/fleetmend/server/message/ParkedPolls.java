package dev.fleetmend.server.message;

import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;

/**
 * Long polls that wait for a message, one a node: a node that polls again has given up on the poll
 * before. No thread waits with them.
 */
final class ParkedPolls {
  /** Agents give up after 20 seconds, and want between 10 and 18. */
  private static final int HOLD_SECONDS = 15;

  private final Map<String, CompletableFuture<Boolean>> polls = new ConcurrentHashMap<>();

  /** Parks a poll; completes with whether the node was woken for a message. */
  CompletableFuture<Boolean> park(String node) {
    CompletableFuture<Boolean> poll = new CompletableFuture<>();
    CompletableFuture<Boolean> before = polls.put(node, poll);
    if (before != null) {
      before.complete(false);
    }
    poll.completeOnTimeout(false, HOLD_SECONDS, TimeUnit.SECONDS);
    return poll.whenComplete((woken, failure) -> polls.remove(node, poll));
  }

  void wake(String node) {
    CompletableFuture<Boolean> poll = polls.get(node);
    if (poll != null) {
      poll.complete(true);
    }
  }

  int count() {
    return polls.size();
  }
}
