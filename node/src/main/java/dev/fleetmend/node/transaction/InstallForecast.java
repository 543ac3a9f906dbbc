package dev.fleetmend.node.transaction;

import dev.fleetmend.node.manager.PackageChange;
import dev.fleetmend.node.manager.PackageId;
import dev.fleetmend.node.manager.PackageSize;
import dev.fleetmend.node.manager.PackageStanding;
import dev.fleetmend.node.vault.KeptPackage;
import dev.fleetmend.patching.decision.ClosedCves;
import dev.fleetmend.patching.exchange.LeftOutPatch;
import dev.fleetmend.patching.exchange.PatchPreview;
import dev.fleetmend.patching.exchange.PatchResult.Outcome;
import dev.fleetmend.patching.exchange.PatchRunPlan;
import dev.fleetmend.patching.exchange.PreviewedChange;
import dev.fleetmend.patching.fact.HostFacts;
import dev.fleetmend.patching.fact.PackageVersion;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** What {@link InstallWork} would do with a plan: the same steps, tried without doing them. */
final class InstallForecast {
  private static final PackageSize UNKNOWN = new PackageSize(0, false, 0);

  private final Host host;
  private final Path state;
  private Map<PackageVersion, PackageSize> sizes = Map.of();
  private long room;
  private long download;

  InstallForecast(Host host, Path state) {
    this.host = host;
    this.state = state;
  }

  /**
   * Tries it.
   *
   * @param reboots whether what goes in is followed by a reboot
   */
  PatchPreview of(PatchRunPlan plan, HostFacts facts, boolean reboots) throws IOException {
    Map<PackageId, PackageStanding> now = host.manager().standings();
    Wanted wanted = Wanted.of(plan.install(), now);
    Selection selection = new Selector(host.manager(), plan.blocked()).select(wanted.tried());
    sizes = host.manager().sizes(InstallWork.versions(selection.changes()));
    room = host.vault().roomWithout(needed(selection.changes()));
    Set<PackageVersion> asked = new HashSet<>(selection.accepted());
    List<PreviewedChange> changes = new ArrayList<>();
    for (PackageChange change : selection.changes()) {
      changes.add(previewed(change, facts, change.incoming().filter(asked::contains).isPresent()));
    }
    List<LeftOutPatch> leftOut = new ArrayList<>();
    wanted.settled().values().stream()
        .filter(result -> result.outcome() == Outcome.REFUSED)
        .map(
            result ->
                new LeftOutPatch(
                    result.name(),
                    result.arch(),
                    String.valueOf(result.toVersion()),
                    result.message()))
        .forEach(leftOut::add);
    selection
        .refused()
        .forEach(
            (version, why) ->
                leftOut.add(
                    new LeftOutPatch(version.name(), version.arch(), version.version(), why)));
    List<PackageId> touched = selection.changes().stream().map(PackageChange::id).toList();
    return new PatchPreview(
        "Install",
        plan.baselineId(),
        List.of(),
        changes,
        leftOut,
        download,
        new Services(host.manager()).of(touched),
        reboots && !changes.isEmpty(),
        obstacles(selection.changes(), touched),
        plan.notes());
  }

  private List<String> obstacles(List<PackageChange> changes, List<PackageId> touched)
      throws IOException {
    List<String> obstacles = new ArrayList<>(Room.readOnly(host.manager().files(touched)));
    obstacles.addAll(Room.lacking(changes, sizes, state));
    return obstacles;
  }

  private PreviewedChange previewed(PackageChange change, HostFacts facts, boolean asked)
      throws IOException {
    PackageSize size = change.incoming().map(sizes::get).orElse(UNKNOWN);
    String from = change.from();
    String to = change.to();
    String whyNot = from == null ? "" : whyNotRevertible(change.id().at(from), size.file());
    download += size.download();
    return new PreviewedChange(
        change.name(),
        change.arch(),
        from,
        to,
        "",
        asked,
        from == null || to == null ? List.of() : ClosedCves.between(facts, change.name(), from, to),
        size.download(),
        whyNot);
  }

  /** As {@link Preparation} will find it, if nothing changes until then. */
  private String whyNotRevertible(PackageVersion before, long about) throws IOException {
    @Nullable KeptPackage kept = host.vault().find(before).orElse(null);
    if (kept != null && host.vault().intact(kept).isPresent()) {
      return "";
    }
    if (about > room) {
      return WhyNotRevertible.noRoom(before, host.vault());
    }
    room -= about;
    PackageSize offered = sizes.get(before);
    if (offered == null) {
      return WhyNotRevertible.notOffered(before);
    }
    download += offered.download();
    return "";
  }

  private Set<PackageVersion> needed(List<PackageChange> changes) throws IOException {
    Set<PackageVersion> needed = VaultNeeds.of(host.journal());
    changes.forEach(
        change -> {
          String from = change.from();
          if (from != null) {
            needed.add(change.id().at(from));
          }
        });
    return needed;
  }
}
