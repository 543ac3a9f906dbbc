package dev.fleetmend.node.dnf;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fleetmend.node.manager.PackageId;
import dev.fleetmend.node.manager.PackageStanding;
import dev.fleetmend.node.manager.PackageStanding.Completeness;
import dev.fleetmend.node.manager.Simulation;
import dev.fleetmend.node.program.ProgramResult;
import dev.fleetmend.patching.fact.PackageVersion;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Golden files are what dnf 5.4.6 said on a lab host. */
class Dnf5OutputTest {
  private static final String LONG_NAME =
      "lab-a-package-with-a-very-long-name-that-wraps-the-table";
  private static final Map<PackageId, PackageStanding> NOW =
      Stream.of("lab-good", "lab-grow", "lab-held", "lab-old", "lab-rival", "kernel", LONG_NAME)
          .collect(
              Collectors.toMap(
                  name -> new PackageId(name, "noarch"),
                  name -> new PackageStanding("1.0-1", Completeness.WHOLE, false, "installed")));

  private static String golden(String name) throws IOException {
    try (InputStream in = Dnf5OutputTest.class.getResourceAsStream("dnf5." + name)) {
      return new String(Objects.requireNonNull(in, name).readAllBytes(), StandardCharsets.UTF_8);
    }
  }

  private static Simulation simulation(String output, String errors, String name, String version) {
    return DnfTable.simulation(
        new ProgramResult(1, output, errors),
        List.of(new PackageVersion(name, "noarch", version)),
        NOW);
  }

  @Test
  void tellsAllThatWouldChange() throws IOException {
    Simulation simulation =
        simulation(
            golden("install-assumeno.stdout"),
            golden("install-assumeno.stderr"),
            "lab-grow",
            "1.1-1");

    assertThat(simulation.why()).isEmpty();
    assertThat(simulation.possible()).isTrue();
    assertThat(simulation.changes())
        .extracting(change -> change.name() + " " + change.to())
        .containsExactly(
            LONG_NAME + " 1.1-1",
            "lab-good 1.1-1",
            "lab-grow 1.1-1",
            "kernel 6.2-1",
            "lab-extra 1.0-1");
  }

  @Test
  void tellsWhyNotWithoutItsOwnNoise() throws IOException {
    assertThat(simulation("", golden("install-conflict.stderr"), "lab-rival", "2.0-1").why())
        .startsWith("Problem: problem with installed package; - installed package lab-held-1.0-1")
        .doesNotContain("--allowerasing", "Repositories loaded");
    assertThat(simulation("", golden("install-locked.stderr"), "lab-held", "1.1-1").why())
        .isEqualTo(
            "Argument 'lab-held-1.1-1.noarch' matches only packages excluded by versionlock.");
  }

  @Test
  void tellsWhichPackagesAreThereForOthers() throws IOException {
    assertThat(DnfMarks.parse(golden("repoquery-reason.stdout"))).containsExactly("lab-extra");
    assertThat(DnfMarks.parse("lab-extra Weak Dependency\nlab-old External User\n"))
        .containsExactly("lab-extra");
  }

  @Test
  void namesTheRepositoryThatCouldNotBeReached() throws IOException {
    assertThat(DnfLists.failureIn(new ProgramResult(1, "", golden("makecache-nowhere.stderr"))))
        .contains("Usable URL not found")
        .contains("for repository \"lab-nowhere\"")
        .doesNotContain("lab-base", "Updating and loading");
  }
}
