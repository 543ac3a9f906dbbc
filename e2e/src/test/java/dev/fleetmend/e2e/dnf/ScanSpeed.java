package dev.fleetmend.e2e.dnf;

import dev.fleetmend.e2e.apt.PatchDriver;
import dev.fleetmend.e2e.apt.PlannedServer;
import dev.fleetmend.node.patch.PatchCommand;
import dev.fleetmend.node.patch.PatchNode;
import dev.fleetmend.node.patch.PatchRun;
import dev.fleetmend.node.patch.Patching;
import dev.fleetmend.node.patch.RunWatch;
import java.io.IOException;
import java.nio.file.Files;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Times scans inside a host, by turns with {@code dnf check-update}; before each scan a package
 * comes or goes, and the facts must show it. Prints medians in milliseconds.
 */
final class ScanSpeed {
  private static final String PACKAGE = "lab-extra";
  private static final int REPEATS = 9;

  /** dnf's own word for updates that are there. */
  private static final int UPDATES = 100;

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

  private ScanSpeed() {}

  public static void main(String[] arguments) throws Exception {
    Files.createDirectories(PatchDriver.STATE);
    new ScanSpeed().measure(arguments[0]);
  }

  private void measure(String rpm) throws Exception {
    for (int i = 0; i < 5; i++) {
      scan();
    }
    long[] dnf = new long[REPEATS];
    long[] scans = new long[REPEATS];
    for (int i = 0; i < REPEATS; i++) {
      dnf[i] = program("dnf", "-q", "check-update");
      boolean there = i % 2 == 0;
      if (there) {
        program("rpm", "-i", rpm);
      } else {
        program("rpm", "-e", PACKAGE);
      }
      scans[i] = scan();
      if (server.hasInstalled(PACKAGE) != there) {
        throw new IllegalStateException("the scan does not show what was installed");
      }
    }
    System.out.printf("dnf %d scan %d%n", median(dnf), median(scans));
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
    if (!Set.of(0, UPDATES).contains(process.waitFor())) {
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
