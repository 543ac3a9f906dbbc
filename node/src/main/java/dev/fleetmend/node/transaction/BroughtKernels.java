package dev.fleetmend.node.transaction;

import dev.fleetmend.node.host.Kernels;
import dev.fleetmend.node.journal.Change;
import dev.fleetmend.node.manager.PackageId;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The kernels in packages that would leave. The one that runs stays: without it the host would have
 * no modules left to load, and might not boot again.
 */
final class BroughtKernels {
  private final Map<PackageId, List<String>> releases;
  private final String running;

  private BroughtKernels(Map<PackageId, List<String>> releases, String running) {
    this.releases = releases;
    this.running = running;
  }

  /**
   * Looks at the packages that are here.
   *
   * @param back what undoing means
   */
  static BroughtKernels by(List<Change> back, Host host) throws IOException {
    List<PackageId> going = new ArrayList<>();
    for (Change change : back) {
      PackageId id = new PackageId(change.name(), change.arch());
      if (change.to() == null || host.manager().keepsSeveral(id)) {
        going.add(id);
      }
    }
    Map<PackageId, List<String>> releases = new HashMap<>();
    if (!going.isEmpty()) {
      for (Map.Entry<PackageId, List<Path>> one : host.manager().files(going).entrySet()) {
        releases.put(one.getKey(), Kernels.in(one.getValue()));
      }
    }
    return new BroughtKernels(releases, new Kernels().running());
  }

  /** Whether the running kernel is in the package. */
  boolean isRunning(Change change) {
    return releases
        .getOrDefault(new PackageId(change.name(), change.arch()), List.of())
        .contains(running);
  }

  /** Has the next boot take another one, where one of these runs. */
  Optional<String> bootAnother() throws IOException {
    List<String> all = releases.values().stream().flatMap(List::stream).toList();
    return all.contains(running) ? Optional.of(new Kernels().bootAnother(all)) : Optional.empty();
  }
}
