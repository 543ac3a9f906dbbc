package dev.fleetmend.e2e.rpm;

import dev.fleetmend.node.dnf.DnfPackageManager;
import dev.fleetmend.node.manager.PackageManager;
import dev.fleetmend.node.yum.YumPackageManager;
import dev.fleetmend.node.zypper.ZypperPackageManager;
import dev.fleetmend.patching.fact.HostFacts;
import dev.fleetmend.patching.fact.InstalledPackage;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.stream.Collectors;

/**
 * Scans inside a host as one running agent does, once after each shell command, and says a line
 * each time: the installed version of a package, and the one that is the candidate.
 */
final class RpmScanSteps {
  private static final Path STATE = Path.of("/var/lib/fleetmend/steps");

  private RpmScanSteps() {}

  public static void main(String[] arguments) throws Exception {
    PackageManager manager = open();
    for (String command : List.of(arguments).subList(1, arguments.length)) {
      Process shell =
          new ProcessBuilder("sh", "-ec", command)
              .redirectErrorStream(true)
              .redirectOutput(ProcessBuilder.Redirect.DISCARD)
              .start();
      if (shell.waitFor() != 0) {
        throw new IOException(command + " failed");
      }
      System.out.println(known(arguments[0], manager.scan()));
    }
  }

  private static PackageManager open() throws IOException {
    Clock clock = Clock.systemUTC();
    if (ZypperPackageManager.isHere()) {
      return ZypperPackageManager.open(STATE, false, clock);
    }
    return DnfPackageManager.isHere()
        ? DnfPackageManager.open(STATE, false, clock)
        : YumPackageManager.open(STATE, false, clock);
  }

  private static String known(String name, HostFacts facts) {
    String installed =
        facts.installed().stream()
            .filter(one -> one.name().equals(name))
            .map(InstalledPackage::version)
            .collect(Collectors.joining(" "));
    return installed
        + facts.offered().stream()
            .filter(one -> one.name().equals(name) && one.candidate())
            .map(one -> " < " + one.version())
            .collect(Collectors.joining());
  }
}
