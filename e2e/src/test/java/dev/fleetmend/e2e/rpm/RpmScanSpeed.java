package dev.fleetmend.e2e.rpm;

import dev.fleetmend.e2e.apt.ScanTimer;
import java.io.IOException;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.PathMatcher;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.List;
import java.util.stream.Stream;

/**
 * Times scans inside a host, by turns with the package manager's own listing of updates, each after
 * the same event: none, or a package came or went, which the facts must show. Prints medians in
 * milliseconds, and that of scans after lists were fetched anew. Arguments: a package file, its
 * package, a folder above the lists, and the listing's command line.
 */
final class RpmScanSpeed {
  private static final PathMatcher LIST =
      FileSystems.getDefault().getPathMatcher("glob:**/repomd.xml");
  private static final int REPEATS = 9;

  private RpmScanSpeed() {}

  public static void main(String[] arguments) throws Exception {
    String file = arguments[0];
    String name = arguments[1];
    Path lists = Path.of(arguments[2]);
    String[] listing = List.of(arguments).subList(3, arguments.length).toArray(String[]::new);
    ScanTimer timer = ScanTimer.warm();
    ScanTimer.program(listing);
    long[][] programs = new long[2][REPEATS];
    long[][] scans = new long[3][REPEATS];
    for (int i = 0; i < REPEATS; i++) {
      timer.scan(); // zypper may have fetched its lists anew
      scans[0][i] = timer.scan();
      programs[0][i] = ScanTimer.program(listing);
      boolean there = i % 2 == 0;
      ScanTimer.program("rpm", there ? "-i" : "-e", there ? file : name);
      scans[1][i] = timer.scan();
      timer.mustShow(name, there);
      programs[1][i] = ScanTimer.program(listing);
      fetched(lists);
      scans[2][i] = timer.scan();
    }
    System.out.println(
        ScanTimer.compared("unchanged", scans[0], programs[0])
            + "; "
            + ScanTimer.compared("package", scans[1], programs[1])
            + "; all lists "
            + ScanTimer.median(scans[2]));
  }

  private static void fetched(Path folder) throws IOException {
    try (Stream<Path> files = Files.walk(folder)) {
      for (Path file : files.filter(LIST::matches).toList()) {
        Files.setLastModifiedTime(file, FileTime.from(Instant.now()));
      }
    }
  }
}
