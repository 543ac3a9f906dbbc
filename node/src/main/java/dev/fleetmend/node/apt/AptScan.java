package dev.fleetmend.node.apt;

import dev.fleetmend.node.program.ProgramResult;
import dev.fleetmend.patching.fact.HostFacts;
import dev.fleetmend.patching.fact.InstalledPackage;
import dev.fleetmend.patching.fact.OfferedVersion;
import dev.fleetmend.patching.fact.PackageLists;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;

/**
 * Reads a Debian host's facts. What apt and dpkg said is remembered while the files that it depends
 * on stay as they are, so that a scan of a host on which nothing changed runs no program. Files are
 * looked at before programs are run: what changes meanwhile is seen by the next scan.
 */
final class AptScan {
  private static final Path INFO = Path.of("/var/lib/dpkg/info");

  /** What apt said of lists and a configuration that looked so. */
  private record Archives(String fingerprint, ReleaseTable releases, AskedPolicies policies) {}

  /** What dpkg said of a database that looked so. */
  private record Installed(String fingerprint, List<DpkgPackage> packages) {}

  private final AptCommands commands;
  private final AptPlaces places;
  private final DpkgDatabase dpkg;
  private final HostReader host;
  private final Changelogs changelogs;
  private final ChangelogReader reader;
  private final AtomicBoolean reading = new AtomicBoolean();
  private final ListIndexes indexes;
  private @Nullable Archives archives;
  private @Nullable Installed installed;

  AptScan(
      AptCommands commands,
      DpkgDatabase dpkg,
      AptPlaces places,
      HostReader host,
      Changelogs changelogs,
      Path vault) {
    this.commands = commands;
    this.places = places;
    this.dpkg = dpkg;
    this.host = host;
    this.changelogs = changelogs;
    this.indexes = new ListIndexes(commands);
    this.reader = new ChangelogReader(changelogs, List.of(places.archives(), vault));
  }

  /** Reads all facts; changelogs are read afterwards, aside, for the next time. */
  synchronized HostFacts scan(PackageLists lists) throws IOException {
    String arch = dpkg.architecture();
    List<DpkgPackage> packages = installed();
    List<DpkgPackage> unpacked = packages.stream().filter(DpkgPackage::unpacked).toList();
    Archives known = archives();
    List<OfferedVersion> offers =
        new Offers(known.releases(), indexes, changelogs)
            .of(unpacked, known.policies().of(unpacked, arch), arch);
    readChangelogsAside(offers, sources(unpacked));
    return new HostFacts(
        host.platform(arch),
        "apt",
        host.boot(),
        lists,
        unpacked.stream().map(AptScan::installed).toList(),
        offers,
        packages.stream()
            .filter(one -> one.present() && !one.whole())
            .map(one -> one.id().toString())
            .toList());
  }

  private void readChangelogsAside(List<OfferedVersion> offers, Map<String, String> sources) {
    if (reading.compareAndSet(false, true)) {
      Thread.ofVirtual()
          .name("changelogs")
          .start(
              () -> {
                try {
                  reader.read(offers, sources);
                } finally {
                  reading.set(false);
                }
              });
    }
  }

  private List<DpkgPackage> installed() throws IOException {
    String fingerprint = Fingerprint.ofInstalled();
    Installed last = installed;
    if (last != null && last.fingerprint().equals(fingerprint)) {
      return last.packages();
    }
    Installed fresh = new Installed(fingerprint, dpkg.packages());
    installed = fresh;
    return fresh.packages();
  }

  private Archives archives() throws IOException {
    String fingerprint = Fingerprint.ofLists(places);
    Archives last = archives;
    if (last != null && last.fingerprint().equals(fingerprint)) {
      return last;
    }
    indexes.refresh(places.lists());
    ReleaseTable releases = ReleaseTable.parse(output(commands.aptCache(List.of("policy"))));
    Archives fresh = new Archives(fingerprint, releases, new AskedPolicies(commands));
    archives = fresh;
    return fresh;
  }

  private static InstalledPackage installed(DpkgPackage one) {
    return new InstalledPackage(
        one.name(),
        one.arch(),
        one.version(),
        one.source(),
        one.section(),
        one.priority(),
        one.held(),
        installedAt(one));
  }

  /** dpkg writes a package's list of files when it unpacks it. */
  private static long installedAt(DpkgPackage one) {
    long plain = modified(INFO.resolve(one.name() + ".list"));
    return plain > 0 ? plain : modified(INFO.resolve(one.name() + ":" + one.arch() + ".list"));
  }

  private static long modified(Path file) {
    try {
      return Files.getLastModifiedTime(file).toMillis() / 1000;
    } catch (IOException e) {
      return 0;
    }
  }

  private static Map<String, String> sources(List<DpkgPackage> packages) {
    Map<String, String> sources = new HashMap<>();
    packages.forEach(one -> sources.put(one.name(), one.source()));
    return sources;
  }

  private static String output(ProgramResult result) throws IOException {
    if (!result.succeeded()) {
      throw new IOException("apt-cache policy: " + result.errors().strip());
    }
    return result.output();
  }
}
