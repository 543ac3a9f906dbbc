package dev.fleetmend.server.rollback;

import java.util.List;

/**
 * A version held back, as the API shows it.
 *
 * @param scope {@code Node} or {@code PatchGroup}
 * @param heldBy the node's id or the patch group's name
 * @param cveIds what it would close, as far as known
 * @param instanceId the node whose rollback took it out
 * @param heldTime epoch seconds
 * @param releasedTime epoch seconds, 0 while it is held
 */
public record HeldPatch(
    String quarantineId,
    String scope,
    String heldBy,
    String name,
    String arch,
    String version,
    List<String> cveIds,
    String instanceId,
    String transactionId,
    double heldTime,
    double releasedTime) {
  public HeldPatch {
    cveIds = List.copyOf(cveIds);
  }

  static HeldPatch of(HeldVersion held) {
    return new HeldPatch(
        held.id(),
        held.scope() == HeldVersion.Scope.NODE ? "Node" : "PatchGroup",
        held.heldBy(),
        held.version().name(),
        held.version().arch(),
        held.version().version(),
        held.cves(),
        held.instanceId(),
        held.transactionId(),
        held.heldAt() / 1000.0,
        held.releasedAt() / 1000.0);
  }
}
