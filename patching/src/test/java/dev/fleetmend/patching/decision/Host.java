package dev.fleetmend.patching.decision;

import dev.fleetmend.patching.fact.Boot;
import dev.fleetmend.patching.fact.HostFacts;
import dev.fleetmend.patching.fact.InstalledPackage;
import dev.fleetmend.patching.fact.OfferedVersion;
import dev.fleetmend.patching.fact.Origin;
import dev.fleetmend.patching.fact.PackageLists;
import dev.fleetmend.patching.fact.Platform;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/** A Debian host, told step by step. */
final class Host {
  static final Instant NOW = Instant.parse("2026-03-01T12:00:00Z");
  static final Origin MAIN = new Origin("Debian", "Debian", "oldstable", "bookworm", "main");
  static final Origin SECURITY =
      new Origin("Debian", "Debian-Security", "oldstable-security", "bookworm-security", "main");
  static final Origin BACKPORTS =
      new Origin("Debian", "Debian Backports", "oldstable-backports", "bookworm-backports", "main");

  private final List<InstalledPackage> installed = new ArrayList<>();
  private final List<OfferedVersion> offered = new ArrayList<>();
  private final List<String> unfinished = new ArrayList<>();
  private Boot boot = new Boot("boot-1", NOW.minusSeconds(3600).getEpochSecond(), false, List.of());
  private PackageLists lists = new PackageLists(NOW.minusSeconds(60).getEpochSecond(), null);

  Host installed(String name, String version) {
    return installed(name, version, false, 1_700_000_000L);
  }

  Host held(String name, String version) {
    return installed(name, version, true, 1_700_000_000L);
  }

  Host installedSinceBoot(String name, String version) {
    return installed(name, version, false, NOW.getEpochSecond());
  }

  private Host installed(String name, String version, boolean held, long at) {
    installed.add(
        new InstalledPackage(name, "amd64", version, name, "admin", "optional", held, at));
    return this;
  }

  Host candidate(String name, String version, Origin origin, String... cves) {
    return offer(name, version, origin, true, cves);
  }

  Host offers(String name, String version, Origin origin, String... cves) {
    return offer(name, version, origin, false, cves);
  }

  private Host offer(
      String name, String version, Origin origin, boolean candidate, String... cves) {
    offered.add(
        new OfferedVersion(
            name,
            "amd64",
            version,
            List.of(origin),
            candidate,
            "admin",
            "optional",
            "",
            "",
            List.of(),
            List.of(cves),
            0,
            0));
    return this;
  }

  Host unfinished(String nameAndArch) {
    unfinished.add(nameAndArch);
    return this;
  }

  Host asksForRebootBecauseOf(String name) {
    boot = new Boot(boot.id(), boot.startedAt(), true, List.of(name));
    return this;
  }

  Host lists(long refreshedAt, String failure) {
    lists = new PackageLists(refreshedAt, failure.isEmpty() ? null : failure);
    return this;
  }

  HostFacts facts() {
    return new HostFacts(
        new Platform("DEBIAN", "Debian12", "Debian GNU/Linux", "12", "amd64"),
        "apt",
        boot,
        lists,
        installed,
        offered,
        unfinished);
  }
}
