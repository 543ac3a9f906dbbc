package dev.fleetmend.e2e.zypper;

import dev.fleetmend.e2e.apt.PlannedServer;
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

/**
 * Times scans inside a host, by turns with {@code zypper -x list-patches}; before each scan a
 * package comes or goes, and the facts must show it. Prints medians in milliseconds.
 */
final class ScanSpeed {
  private static final Path STATE = Path.of("/var/lib/fleetmend");
  private static final Path LISTS = Path.of("/var/cache/zypp/raw/lab-updates/repodata/repomd.xml");
  private static final String PACKAGE = "lab-probe";
  private static final int REPEATS = 9;

  private final PlannedServer server = new PlannedServer(List.of(), STATE.resolve("quarantine"));
  private final PatchRun run =
      Patching.on(
          new PatchNode("mi-0123456789abcdef0", STATE, false),
          server,
          id -> {
            throw new IOException("a scan changes nothing");
          });
  private int commands;

  private ScanSpeed() {}

  public static void main(String[] arguments) throws Exception {
    Files.createDirectories(STATE);
    new ScanSpeed().measure(arguments[0]);
  }

  private void measure(String rpm) throws Exception {
    for (int i = 0; i < 5; i++) {
      scan();
    }
    long[] zypper = new long[REPEATS];
    long[] scans = new long[REPEATS];
    long[] changed = new long[REPEATS];
    for (int i = 0; i < REPEATS; i++) {
      boolean there = i % 2 == 0;
      program("rpm", there ? "-i" : "-e", there ? rpm : PACKAGE);
      program("zypper", "-nx", "list-patches"); // reads rpm's changed database into its own cache
      zypper[i] = program("zypper", "-nx", "list-patches");
      scans[i] = scan();
      if (server.hasInstalled(PACKAGE) != there) {
        throw new IllegalStateException("the scan does not show what was installed");
      }
      Files.setLastModifiedTime(LISTS, FileTime.from(Instant.now()));
      changed[i] = scan();
    }
    System.out.printf(
        "zypper %d scan %d changed %d%n", median(zypper), median(scans), median(changed));
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
