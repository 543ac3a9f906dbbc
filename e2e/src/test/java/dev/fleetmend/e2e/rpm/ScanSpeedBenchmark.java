package dev.fleetmend.e2e.rpm;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fleetmend.e2e.apt.PatchedHost;
import dev.fleetmend.lab.Advisory;
import dev.fleetmend.lab.Lab;
import dev.fleetmend.lab.Rpm;
import dev.fleetmend.lab.RpmArchive;
import dev.fleetmend.lab.RpmFamily;
import dev.fleetmend.lab.RpmRepository;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * How long a scan takes beside the package manager's own listing of updates, on the same host with
 * 200 patches in the same run. Prints medians in milliseconds and judges none of them; {@code
 * ./fleetmend benchmark} runs it.
 */
@Tag("benchmark")
class ScanSpeedBenchmark {
  private static final int PACKAGES = 200;

  @ParameterizedTest
  @EnumSource(RpmFamily.class)
  void scansBesideListedUpdates(RpmFamily family, @TempDir Path folder) {
    Lab.rpmObstacle().ifPresent(Assumptions::abort);
    try (Lab lab = Lab.open(folder.resolve("lab"))) {
      lab.obstacle(family.root()).ifPresent(Assumptions::abort);
      String name = RpmPatchedHost.name(family);
      try (PatchedHost patched = PatchedHost.boot(lab, name + "-speed", family.root())) {
        RpmArchive archive = lab.rpmArchive(family);
        for (int i = 1; i <= PACKAGES; i++) {
          archive.add(RpmRepository.BASE, Rpm.of("lab-many" + i, "1.0"));
          archive.add(
              Advisory.security(
                  i,
                  "Moderate",
                  List.of("CVE-2026-" + (20000 + i)),
                  Rpm.of("lab-many" + i, "1.1")));
        }
        archive.publish();
        archive.installReleased(patched.host());
        archive.add(RpmRepository.BASE, Rpm.of("lab-probe", "1.0")).publish();

        List<String> arguments = new ArrayList<>();
        arguments.add(
            Lab.ARCHIVES_IN_HOST + "/rpm-" + name + "/lab-base/lab-probe-1.0-1.noarch.rpm");
        arguments.add("lab-probe");
        arguments.add(lists(family));
        arguments.addAll(listing(family));
        String said =
            patched.java(RpmScanSpeed.class, arguments.toArray(String[]::new)).run().orThrow();

        assertThat(said).containsPattern("unchanged \\d+/\\d+ .*package \\d+/\\d+");
        System.out.println(
            "BENCHMARK scan of %s/%s, milliseconds: %s"
                .formatted(name, String.join(" ", listing(family)), said.strip()));
      }
    }
  }

  private static String lists(RpmFamily family) {
    return switch (family) {
      case DNF -> "/var/cache/dnf";
      case DNF5 -> "/var/cache/libdnf5";
      case YUM -> "/var/lib/fleetmend/yum";
      case ZYPPER -> "/var/cache/zypp/raw";
    };
  }

  private static List<String> listing(RpmFamily family) {
    return switch (family) {
      case DNF -> List.of("dnf", "-q", "check-update");
      case DNF5 -> List.of("dnf5", "-q", "check-upgrade");
      case YUM -> List.of("yum", "-q", "check-update");
      case ZYPPER -> List.of("zypper", "-nx", "list-patches");
    };
  }
}
