package dev.fleetmend.patching.exchange;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A package that an operation would change.
 *
 * @param fromVersion null where it is not installed
 * @param toVersion null where it would go
 * @param undoes the transaction that it would be taken back of; empty for an Install
 * @param asked whether it is one of the patches, rather than coming along
 * @param cves the CVEs that the step closes (for an Uninstall: opens again), as far as known
 * @param downloadBytes of its package file, 0 where it is on the node or unknown
 * @param whyNotRevertible why the version before could not be brought back; empty where it could
 */
public record PreviewedChange(
    String name,
    String arch,
    @Nullable String fromVersion,
    @Nullable String toVersion,
    String undoes,
    boolean asked,
    List<String> cves,
    long downloadBytes,
    String whyNotRevertible) {
  public PreviewedChange {
    cves = List.copyOf(cves);
  }

  /** What of it is binding, for people and for comparing. */
  public String line() {
    return line(name, arch, fromVersion, toVersion, whyNotRevertible.isEmpty());
  }

  /** As {@link #line()}. */
  public static String line(
      String name,
      String arch,
      @Nullable String fromVersion,
      @Nullable String toVersion,
      boolean revertible) {
    return name
        + "."
        + arch
        + " "
        + (fromVersion == null ? "(not installed)" : fromVersion)
        + " -> "
        + (toVersion == null ? "(removed)" : toVersion)
        + (revertible ? "" : ", not revertible");
  }
}
