package dev.fleetmend.e2e.apt;

import dev.fleetmend.node.apt.AptPackageManager;
import dev.fleetmend.patching.fact.HostFacts;
import dev.fleetmend.patching.fact.OfferedVersion;
import java.io.IOException;
import java.time.Clock;
import java.util.List;
import java.util.stream.Collectors;

/**
 * Scans inside a host as one running agent does, once after each shell command, and says a line
 * each time: what the facts know of a package.
 */
final class ScanSteps {
  private ScanSteps() {}

  public static void main(String[] arguments) throws Exception {
    AptPackageManager apt =
        AptPackageManager.open(
            PatchDriver.STATE.resolve("apt"),
            PatchDriver.STATE.resolve("vault"),
            false,
            Clock.systemUTC());
    for (String command : List.of(arguments).subList(1, arguments.length)) {
      Process shell =
          new ProcessBuilder("sh", "-ec", command)
              .redirectErrorStream(true)
              .redirectOutput(ProcessBuilder.Redirect.DISCARD)
              .start();
      if (shell.waitFor() != 0) {
        throw new IOException(command + " failed");
      }
      System.out.println(known(arguments[0], apt.scan()));
    }
  }

  /** Installed version, whether held, and what is offered, the candidate with a star. */
  private static String known(String name, HostFacts facts) {
    String installed =
        facts.installed().stream()
            .filter(one -> one.name().equals(name))
            .map(one -> one.version() + (one.held() ? " held" : ""))
            .collect(Collectors.joining());
    return installed
        + facts.offered().stream()
            .filter(one -> one.name().equals(name))
            .map(ScanSteps::offered)
            .collect(Collectors.joining());
  }

  private static String offered(OfferedVersion one) {
    return " " + one.version() + (one.candidate() ? "*" : "") + "/" + one.section();
  }
}
