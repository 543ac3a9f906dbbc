package dev.fleetmend.server.rollback;

import dev.fleetmend.patching.fact.PackageVersion;
import dev.fleetmend.server.rollback.HeldVersion.Scope;
import dev.fleetmend.server.store.Ids;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.jdbi.v3.core.Handle;

/**
 * Exact versions held back after a rollback: from the node alone where it is in no patch group,
 * else from all nodes of its group.
 */
public final class Quarantine {
  private final QuarantineTable table = new QuarantineTable();
  private final Ids ids;
  private final Clock clock;

  public Quarantine(Ids ids, Clock clock) {
    this.ids = ids;
    this.clock = clock;
  }

  /**
   * Holds what a rollback on a node took out. The same rollback said again changes nothing.
   *
   * @param versions what was taken out, with the CVEs that each closes
   */
  public void hold(
      Handle tx,
      String instanceId,
      String patchGroup,
      String transactionId,
      Map<PackageVersion, List<String>> versions) {
    boolean alone = patchGroup.isEmpty();
    versions.forEach(
        (version, cves) ->
            table.hold(
                tx,
                new HeldVersion(
                    ids.uuid(),
                    alone ? Scope.NODE : Scope.PATCH_GROUP,
                    alone ? instanceId : patchGroup,
                    version,
                    instanceId,
                    transactionId,
                    cves,
                    clock.millis(),
                    0)));
  }

  /** What is held back from a node now, by name. */
  public List<HeldVersion> heldFrom(Handle db, String instanceId, String patchGroup) {
    return table.of(db, instanceId, patchGroup).stream().filter(HeldVersion::isHeld).toList();
  }

  /** What was held back from a node and has been released. */
  public Set<PackageVersion> releasedTo(Handle db, String instanceId, String patchGroup) {
    return table.of(db, instanceId, patchGroup).stream()
        .filter(held -> !held.isHeld())
        .map(HeldVersion::version)
        .collect(Collectors.toSet());
  }

  QuarantineTable table() {
    return table;
  }
}
