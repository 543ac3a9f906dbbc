package dev.fleetmend.e2e.apt;

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

/** Times scans of one running agent inside a host, and programs beside them, in milliseconds. */
public final class ScanTimer {
  /** dnf's and yum's own word for updates that are there. */
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

  /** With a few scans behind it, as an agent has them that runs for a while. */
  public static ScanTimer warm() throws IOException, InterruptedException {
    Files.createDirectories(PatchDriver.STATE);
    ScanTimer timer = new ScanTimer();
    for (int i = 0; i < 5; i++) {
      timer.scan();
    }
    return timer;
  }

  /** One scan. */
  public long scan() throws InterruptedException {
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

  /** Fails where the newest facts do not show that a package is there, or is not. */
  public void mustShow(String name, boolean there) throws IOException {
    if (server.hasInstalled(name) != there) {
      throw new IllegalStateException("the scan does not show what is installed");
    }
  }

  /** One run of a program, which must succeed. */
  public static long program(String... command) throws IOException, InterruptedException {
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

  /** The median scan and the median program of the same event, and how they compare. */
  public static String compared(String event, long[] scans, long[] programs) {
    long ours = median(scans);
    long of = median(programs);
    return "%s %d/%d %.2f".formatted(event, ours, of, (double) ours / of);
  }

  /** The middle one of an odd number of values. */
  public static long median(long[] values) {
    long[] sorted = values.clone();
    Arrays.sort(sorted);
    return sorted[sorted.length / 2];
  }
}
