package dev.fleetmend.e2e.apt;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.List;
import java.util.stream.Stream;

/**
 * Times scans inside a host, by turns with {@code apt list --upgradable}, each after the same
 * event: none, a package came or went (which the facts must show), the security list or all lists
 * were fetched anew. Prints medians in milliseconds, and that of {@code apt-get -s dist-upgrade}.
 */
final class ScanSpeed {
  private static final Path LISTS = Path.of("/var/lib/apt/lists");
  private static final String PACKAGE = "lab-probe";
  private static final int REPEATS = 9;
  private static final List<String> EVENTS =
      List.of("unchanged", "package", "security list", "all lists");

  private final ScanTimer timer;

  private ScanSpeed(ScanTimer timer) {
    this.timer = timer;
  }

  public static void main(String[] arguments) throws Exception {
    new ScanSpeed(ScanTimer.warm()).measure(Path.of(arguments[0]));
  }

  private void measure(Path deb) throws Exception {
    long[] upgrade = new long[REPEATS];
    long[][] apt = new long[EVENTS.size()][REPEATS];
    long[][] scans = new long[EVENTS.size()][REPEATS];
    for (int i = 0; i < REPEATS; i++) {
      upgrade[i] = ScanTimer.program("apt-get", "-s", "dist-upgrade");
      apt[0][i] = aptList();
      scans[0][i] = timer.scan();
      if (i % 2 == 0) {
        ScanTimer.program("dpkg", "-i", deb.toString());
        apt[1][i] = aptList();
        ScanTimer.program("dpkg", "-P", PACKAGE);
        scans[1][i] = timer.scan();
        timer.mustShow(PACKAGE, false);
      } else {
        ScanTimer.program("dpkg", "-i", deb.toString());
        scans[1][i] = timer.scan();
        timer.mustShow(PACKAGE, true);
        ScanTimer.program("dpkg", "-P", PACKAGE);
        apt[1][i] = aptList();
      }
      fetched("security");
      apt[2][i] = aptList();
      fetched("security");
      scans[2][i] = timer.scan();
      fetched("");
      apt[3][i] = aptList();
      fetched("");
      scans[3][i] = timer.scan();
    }
    StringBuilder said = new StringBuilder("dist-upgrade " + ScanTimer.median(upgrade));
    for (int event = 0; event < EVENTS.size(); event++) {
      said.append("; ").append(ScanTimer.compared(EVENTS.get(event), scans[event], apt[event]));
    }
    System.out.println(said);
  }

  private static long aptList() throws IOException, InterruptedException {
    return ScanTimer.program("apt", "list", "--upgradable");
  }

  /** As {@code apt-get update} leaves lists that have changed: new, and apt's caches made. */
  private static void fetched(String which) throws IOException, InterruptedException {
    try (Stream<Path> files = Files.list(LISTS)) {
      for (Path file : files.filter(one -> isList(one, which)).toList()) {
        Files.setLastModifiedTime(file, FileTime.from(Instant.now()));
      }
    }
    ScanTimer.program("apt-cache", "gencaches");
  }

  private static boolean isList(Path file, String which) {
    return file.toString().contains("Packages") && file.toString().contains(which);
  }
}
