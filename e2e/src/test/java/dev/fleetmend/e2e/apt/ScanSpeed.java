package dev.fleetmend.e2e.apt;

import dev.fleetmend.node.patch.PatchCommand;
import dev.fleetmend.node.patch.PatchNode;
import dev.fleetmend.node.patch.PatchRun;
import dev.fleetmend.node.patch.Patching;
import dev.fleetmend.node.patch.RunWatch;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
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

  private final PlannedServer server =
      new PlannedServer(List.of(), PatchDriver.STATE.resolve("quarantine"));
  private final PatchRun run =
      Patching.on(
          new PatchNode("mi-0123456789abcdef0", PatchDriver.STATE, false),
          server,
          id -> {
            throw new IOException("a scan changes nothing");
          });
  private int commands;

  public static void main(String[] arguments) throws Exception {
    Files.createDirectories(PatchDriver.STATE);
    new ScanSpeed().measure(Path.of(arguments[0]));
  }

  private void measure(Path deb) throws Exception {
    for (int i = 0; i < 5; i++) {
      scan();
    }
    long[] upgrade = new long[REPEATS];
    long[][] apt = new long[EVENTS.size()][REPEATS];
    long[][] scans = new long[EVENTS.size()][REPEATS];
    for (int i = 0; i < REPEATS; i++) {
      upgrade[i] = program("apt-get", "-s", "dist-upgrade");
      apt[0][i] = aptList();
      scans[0][i] = scan();
      if (i % 2 == 0) {
        program("dpkg", "-i", deb.toString());
        apt[1][i] = aptList();
        program("dpkg", "-P", PACKAGE);
        scans[1][i] = scan();
        mustHave(false);
      } else {
        program("dpkg", "-i", deb.toString());
        scans[1][i] = scan();
        mustHave(true);
        program("dpkg", "-P", PACKAGE);
        apt[1][i] = aptList();
      }
      fetched("security");
      apt[2][i] = aptList();
      fetched("security");
      scans[2][i] = scan();
      fetched("");
      apt[3][i] = aptList();
      fetched("");
      scans[3][i] = scan();
    }
    System.out.printf("dist-upgrade %d", median(upgrade));
    for (int event = 0; event < EVENTS.size(); event++) {
      long of = median(apt[event]);
      long ours = median(scans[event]);
      System.out.printf("; %s %d/%d %.2f", EVENTS.get(event), ours, of, (double) ours / of);
    }
    System.out.println();
  }

  private static long aptList() throws IOException, InterruptedException {
    return program("apt", "list", "--upgradable");
  }

  private void mustHave(boolean there) throws IOException {
    if (server.hasInstalled(PACKAGE) != there) {
      throw new IllegalStateException("the scan does not show what is installed");
    }
  }

  private long scan() throws InterruptedException {
    PatchCommand command =
        new PatchCommand("scan-" + commands++, Map.of("Operation", List.of("Scan")));
    long start = System.nanoTime();
    int exitCode = run.run(command, RunWatch.none()).exitCode();
    long millis = (System.nanoTime() - start) / 1_000_000;
    if (exitCode != 0) {
      throw new IllegalStateException("the scan failed");
    }
    return millis;
  }

  /** As {@code apt-get update} leaves lists that have changed: new, and apt's caches made. */
  private static void fetched(String which) throws IOException, InterruptedException {
    try (Stream<Path> files = Files.list(LISTS)) {
      for (Path file : files.filter(one -> isList(one, which)).toList()) {
        Files.setLastModifiedTime(file, FileTime.from(Instant.now()));
      }
    }
    program("apt-cache", "gencaches");
  }

  private static boolean isList(Path file, String which) {
    return file.toString().contains("Packages") && file.toString().contains(which);
  }

  private static long program(String... command) throws IOException, InterruptedException {
    long start = System.nanoTime();
    Process process =
        new ProcessBuilder(command)
            .redirectErrorStream(true)
            .redirectOutput(ProcessBuilder.Redirect.DISCARD)
            .start();
    if (process.waitFor() != 0) {
      throw new IllegalStateException(String.join(" ", command) + " failed");
    }
    return (System.nanoTime() - start) / 1_000_000;
  }

  private static long median(long[] values) {
    long[] sorted = values.clone();
    Arrays.sort(sorted);
    return sorted[sorted.length / 2];
  }
}
