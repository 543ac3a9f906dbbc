package dev.fleetmend.patching.decision;

import dev.fleetmend.patching.baseline.Baseline;
import dev.fleetmend.patching.fact.HostFacts;
import dev.fleetmend.patching.fact.InstalledPackage;
import dev.fleetmend.patching.fact.OfferedVersion;
import dev.fleetmend.patching.fact.PackageVersion;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * A host's updates, judged, with what takes whose place. What only updates supersede that may not
 * go in yet stays open: of a chain the newest approved member goes in, so that a delay longer than
 * the vendor's rhythm does not keep a host without any.
 */
final class UpdateReview {
  private final List<JudgedUpdate> updates;
  private final Map<String, List<String>> supersedes = new HashMap<>();

  private UpdateReview(List<JudgedUpdate> updates) {
    this.updates = List.copyOf(updates);
    updates.forEach(update -> supersedes.put(update.offer().version(), update.supersedes()));
  }

  static UpdateReview of(Baseline baseline, HostFacts facts, Instant now) {
    Approvals approvals = Approvals.by(baseline, facts.platform().product(), now);
    Map<PackageVersion, InstalledPackage> installed = new HashMap<>();
    facts.installed().forEach(update -> installed.put(id(update), update));
    List<JudgedUpdate> updates = new ArrayList<>();
    for (OfferedVersion offer : facts.offered()) {
      PackageVersion id = new PackageVersion(offer.name(), offer.arch(), offer.version());
      updates.add(judge(approvals, offer, installed.remove(id)));
    }
    installed
        .values()
        .forEach(update -> updates.add(judge(approvals, HostReview.unoffered(update), update)));
    return new UpdateReview(updates);
  }

  List<JudgedUpdate> updates() {
    return updates;
  }

  /** What baseline and history let go in, and nothing that may go in or is there replaces. */
  List<JudgedUpdate> wanted(NodeHistory history) {
    Set<String> replaced = supersededBy(update -> update.isInstalled() || isOpen(update, history));
    return updates.stream()
        .filter(update -> isOpen(update, history))
        .filter(update -> !replaced.contains(update.offer().version()))
        .toList();
  }

  /** Whether an update may go in, by baseline and history. */
  static boolean isOpen(JudgedUpdate update, NodeHistory history) {
    return update.isApplicable()
        && update.approval().isApproved()
        && !history.quarantined().contains(update.id());
  }

  /** The identities that some updates replace, through however many that are known. */
  Set<String> supersededBy(Predicate<JudgedUpdate> which) {
    Set<String> replaced = new HashSet<>();
    Deque<String> next = new ArrayDeque<>();
    updates.stream().filter(which).forEach(update -> next.addAll(update.supersedes()));
    while (!next.isEmpty()) {
      String id = next.remove();
      if (replaced.add(id)) {
        next.addAll(supersedes.getOrDefault(id, List.of()));
      }
    }
    return replaced;
  }

  private static JudgedUpdate judge(
      Approvals approvals, OfferedVersion offer, @Nullable InstalledPackage installed) {
    return new JudgedUpdate(offer, approvals.of(offer), approvals.isSecurity(offer), installed);
  }

  private static PackageVersion id(InstalledPackage installed) {
    return new PackageVersion(installed.name(), installed.arch(), installed.version());
  }
}
