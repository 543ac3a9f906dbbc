package dev.fleetmend.node.journal;

import dev.fleetmend.patching.fact.PackageVersion;
import org.jspecify.annotations.Nullable;

/**
 * A package that a transaction changes.
 *
 * @param from the version before, null where it was not there
 * @param to the version meant to be there after, null where it is to go
 * @param asked whether it was asked for, rather than coming along
 * @param outgoing hex SHA-256 of the kept file of the version before, empty where none is kept
 * @param whyNotRevertible empty where the version before can be brought back
 * @param replacedBy the package that takes its place (obsoletes it), as {@code name.arch}; null
 *     where none does
 */
public record Change(
    String name,
    String arch,
    @Nullable String from,
    @Nullable String to,
    boolean asked,
    String outgoing,
    String whyNotRevertible,
    @Nullable String replacedBy) {

  /** One whose place no other package takes. */
  public Change(
      String name,
      String arch,
      @Nullable String from,
      @Nullable String to,
      boolean asked,
      String outgoing,
      String whyNotRevertible) {
    this(name, arch, from, to, asked, outgoing, whyNotRevertible, null);
  }

  /** The version before. */
  public @Nullable PackageVersion before() {
    return from == null ? null : new PackageVersion(name, arch, from);
  }

  /** The version after. */
  public @Nullable PackageVersion after() {
    return to == null ? null : new PackageVersion(name, arch, to);
  }

  /** The way back. */
  public Change reversed() {
    return new Change(name, arch, to, from, asked, outgoing, whyNotRevertible, replacedBy);
  }

  /** {@code name.arch}. */
  public String id() {
    return name + "." + arch;
  }

  /** Whether the version before can be brought back; a package that was not there can always go. */
  public boolean revertible() {
    return whyNotRevertible.isEmpty();
  }
}
