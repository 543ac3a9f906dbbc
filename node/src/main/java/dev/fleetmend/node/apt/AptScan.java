package dev.fleetmend.node.apt;

import dev.fleetmend.node.program.ProgramResult;
import dev.fleetmend.patching.fact.HostFacts;
import dev.fleetmend.patching.fact.InstalledPackage;
import dev.fleetmend.patching.fact.OfferedVersion;
import dev.fleetmend.patching.fact.PackageLists;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;

/**
 * Reads a Debian host's facts. What the package lists say is remembered while the lists and apt's
 * configuration stay as they are; what is installed is asked every time.
 */
final class AptScan {
  private static final Path INFO = Path.of("/var/lib/dpkg/info");

  /** What was read from lists that looked so. */
  private record Remembered(String fingerprint, ReleaseTable releases, PackageIndex index) {}

  private final AptCommands commands;
  private final AptPlaces places;
  private final DpkgDatabase dpkg;
  private final HostReader host;
  private final Changelogs changelogs;
  private final ChangelogReader reader;
  private final AtomicBoolean reading = new AtomicBoolean();
  private @Nullable Remembered remembered;
  private @Nullable String architecture;

  AptScan(
      AptCommands commands, AptPlaces places, HostReader host, Changelogs changelogs, Path vault) {
    this.commands = commands;
    this.places = places;
    this.dpkg = new DpkgDatabase(commands);
    this.host = host;
    this.changelogs = changelogs;
    this.reader = new ChangelogReader(changelogs, List.of(places.archives(), vault));
  }

  /** Reads all facts; changelogs are read afterwards, aside, for the next time. */
  synchronized HostFacts scan(PackageLists lists, AptLists files) throws IOException {
    String arch = architecture();
    List<DpkgPackage> packages = dpkg.packages();
    List<DpkgPackage> unpacked = packages.stream().filter(DpkgPackage::unpacked).toList();
    List<PackagePolicy> policies = policies(unpacked, arch);
    Remembered known = known(files);
    List<OfferedVersion> offers =
        new Offers(known.releases(), known.index(), changelogs).of(unpacked, policies, arch);
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

  private List<PackagePolicy> policies(List<DpkgPackage> packages, String arch) throws IOException {
    List<String> arguments = new ArrayList<>(List.of("policy"));
    packages.forEach(one -> arguments.add(Offers.policyKey(one, arch)));
    return PackagePolicy.parse(output(commands.aptCache(arguments)));
  }

  private Remembered known(AptLists files) throws IOException {
    String fingerprint = Fingerprint.ofLists(places);
    Remembered last = remembered;
    if (last != null && last.fingerprint().equals(fingerprint)) {
      return last;
    }
    PackageIndexBuilder builder = new PackageIndexBuilder();
    for (Path file : files.files()) {
      read(builder, file);
    }
    ReleaseTable releases = ReleaseTable.parse(output(commands.aptCache(List.of("policy"))));
    Remembered fresh = new Remembered(fingerprint, releases, builder.build());
    remembered = fresh;
    return fresh;
  }

  private void read(PackageIndexBuilder builder, Path list) throws IOException {
    if (list.getFileName().toString().endsWith("_Packages")) {
      try (InputStream plain = Files.newInputStream(list)) {
        builder.read(plain);
      }
      return;
    }
    Process process = commands.list(list);
    try (InputStream unpacked = new BufferedInputStream(process.getInputStream(), 1 << 16)) {
      builder.read(unpacked);
    } finally {
      process.destroy();
    }
  }

  private String architecture() throws IOException {
    String known = architecture;
    if (known == null) {
      known = dpkg.architecture();
      architecture = known;
    }
    return known;
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
