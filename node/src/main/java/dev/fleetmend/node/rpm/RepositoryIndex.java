package dev.fleetmend.node.rpm;

import dev.fleetmend.patching.fact.PackageVersion;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** What repositories offer of some packages, and the notices about them. */
public final class RepositoryIndex {
  private final Set<String> names;
  private final Map<String, List<AvailablePackage>> available = new HashMap<>();
  private final Map<PackageVersion, List<Notice>> notices = new HashMap<>();
  private boolean modules;

  private RepositoryIndex(Set<String> names) {
    this.names = Set.copyOf(names);
  }

  /**
   * Reads repositories' metadata.
   *
   * @param names of the packages that are wanted
   * @throws IOException when metadata cannot be read or are damaged
   */
  public static RepositoryIndex read(Collection<Repository> repositories, Set<String> names)
      throws IOException {
    RepositoryIndex index = new RepositoryIndex(names);
    for (Repository repository : repositories) {
      Repodata repodata = Repodata.open(repository.repodata());
      index.modules |= repodata.has("modules");
      repodata.read("primary", new PrimaryReader(repository, names, index::add));
      repodata.read("updateinfo", new UpdateinfoReader(names, index::add));
    }
    return index;
  }

  /** Those repositories of which metadata that they have are not here whole, by id. */
  public static List<String> lacking(Collection<Repository> repositories) throws IOException {
    List<String> lacking = new ArrayList<>();
    for (Repository repository : repositories) {
      Repodata repodata = Repodata.open(repository.repodata());
      if (repodata.lacks("primary") || repodata.lacks("updateinfo")) {
        lacking.add(repository.id());
      }
    }
    return lacking;
  }

  /** Whether it was read for all these names. */
  public boolean covers(Set<String> wanted) {
    return names.containsAll(wanted);
  }

  /** Whether a repository has modules, so that not all that it offers is for this host. */
  public boolean hasModules() {
    return modules;
  }

  /** Forgets all versions but these. */
  public void retain(Set<PackageVersion> some) {
    available.values().forEach(all -> all.removeIf(one -> !some.contains(one.exact())));
  }

  /** All offered versions of a package, for any processor, in no order. */
  public List<AvailablePackage> versions(String name) {
    return available.getOrDefault(name, List.of());
  }

  /** One offered version. */
  public Optional<AvailablePackage> find(PackageVersion version) {
    return versions(version.name()).stream().filter(one -> one.exact().equals(version)).findFirst();
  }

  /** The notices that name a version. */
  List<Notice> notices(PackageVersion version) {
    return notices.getOrDefault(version, List.of());
  }

  /** Whether a notice about this version asks for a reboot after it. */
  public boolean asksForReboot(PackageVersion version) {
    return notices(version).stream().anyMatch(Notice::asksForReboot);
  }

  private void add(AvailablePackage one) {
    available.computeIfAbsent(one.exact().name(), name -> new ArrayList<>()).add(one);
  }

  private void add(PackageVersion version, Notice notice) {
    List<Notice> all = notices.computeIfAbsent(version, name -> new ArrayList<>());
    if (all.stream().noneMatch(one -> one.id().equals(notice.id()))) {
      all.add(notice);
    }
  }
}
