package dev.fleetmend.server.rollback;

import dev.fleetmend.patching.fact.PackageVersion;
import java.util.List;

/**
 * A version in quarantine, or once in quarantine.
 *
 * @param scope whether a node or a patch group holds it
 * @param heldBy the node's id or the patch group's name
 * @param instanceId the node whose rollback took it out
 * @param cves what it would close, as far as known
 * @param heldAt epoch milliseconds
 * @param releasedAt epoch milliseconds, 0 while it is held
 */
public record HeldVersion(
    String id,
    Scope scope,
    String heldBy,
    PackageVersion version,
    String instanceId,
    String transactionId,
    List<String> cves,
    long heldAt,
    long releasedAt) {
  public HeldVersion {
    cves = List.copyOf(cves);
  }

  /** Who holds a version back. */
  public enum Scope {
    NODE,
    PATCH_GROUP
  }

  public boolean isHeld() {
    return releasedAt == 0;
  }
}
