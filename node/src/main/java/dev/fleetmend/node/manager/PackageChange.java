package dev.fleetmend.node.manager;

import dev.fleetmend.patching.fact.PackageVersion;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A package going from one version to another.
 *
 * @param from null where it is not there before
 * @param to null where it leaves because another package takes its place (obsoletes it)
 * @param replacedBy that other package, else null
 */
public record PackageChange(
    String name,
    String arch,
    @Nullable String from,
    @Nullable String to,
    @Nullable PackageId replacedBy) {

  /** One whose place no other package takes. */
  public PackageChange(String name, String arch, @Nullable String from, String to) {
    this(name, arch, from, to, null);
  }

  /** One whose place another package takes. */
  public static PackageChange replaced(PackageVersion gone, PackageId by) {
    return new PackageChange(gone.name(), gone.arch(), gone.version(), null, by);
  }

  /** The version that comes, if one does. */
  public Optional<PackageVersion> incoming() {
    return Optional.ofNullable(to).map(version -> new PackageVersion(name, arch, version));
  }

  /** The versions that come. */
  public static List<PackageVersion> incoming(Collection<PackageChange> changes) {
    return changes.stream().map(PackageChange::incoming).flatMap(Optional::stream).toList();
  }

  /** The package. */
  public PackageId id() {
    return new PackageId(name, arch);
  }
}
