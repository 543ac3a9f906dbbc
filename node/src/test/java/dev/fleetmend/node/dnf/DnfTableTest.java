package dev.fleetmend.node.dnf;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fleetmend.node.manager.PackageChange;
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
import org.junit.jupiter.api.Test;

class DnfTableTest {
  private static final String ABORTED = "Operation aborted.";
  private static final PackageVersion GROW = new PackageVersion("lab-grow", "noarch", "1.1-1.lab");
  private static final Map<PackageId, PackageStanding> NOW =
      Map.of(
          PackageId.of(GROW),
          new PackageStanding("1.0-1.lab", Completeness.WHOLE, false, "installed"));

  private static String golden(String name) throws IOException {
    try (InputStream in = DnfTableTest.class.getResourceAsStream(name)) {
      return new String(Objects.requireNonNull(in, name).readAllBytes(), StandardCharsets.UTF_8);
    }
  }

  @Test
  void tellsAllThatWouldChange() throws IOException {
    String output = golden("dnf4.install-assumeno.stdout");

    Simulation simulation =
        DnfTable.simulation(new ProgramResult(1, output, ABORTED), List.of(GROW), NOW);

    assertThat(simulation.possible()).isTrue();
    assertThat(simulation.changes())
        .contains(
            new PackageChange("lab-grow", "noarch", "1.0-1.lab", "1.1-1.lab"),
            new PackageChange("lab-extra", "noarch", null, "1.0-1.lab"))
        .hasSize(6);
  }

  @Test
  void tellsWhyNot() throws IOException {
    String errors = golden("dnf4.install-conflict.stderr");

    Simulation simulation =
        DnfTable.simulation(new ProgramResult(1, "", errors), List.of(GROW), NOW);

    assertThat(simulation.possible()).isFalse();
    assertThat(simulation.why()).contains("lab-rival-2.0-1.lab.noarch conflicts with lab-held");
  }

  @Test
  void whatIsReplacedIsToldWithWhatTakesItsPlace() {
    String output =
        """
        Dependencies resolved.
        ====
         Package  Architecture  Version    Repository  Size
        ====
        Installing:
         lab-new  noarch        2.0-1      lab-updates 6.3 k
             replacing  lab-old.noarch 1.0-1
         lab-other noarch       2.0-1      lab-updates 6.3 k
             replacing  lab-old.noarch 1.0-1
        Upgrading:
         lab-grow noarch        1.1-1.lab  lab-updates 6.3 k

        Transaction Summary
        """;

    Simulation simulation =
        DnfTable.simulation(new ProgramResult(1, output, ABORTED), List.of(GROW), NOW);

    assertThat(simulation.possible()).isTrue();
    assertThat(simulation.changes())
        .containsExactlyInAnyOrder(
            new PackageChange("lab-grow", "noarch", "1.0-1.lab", "1.1-1.lab"),
            new PackageChange("lab-new", "noarch", null, "2.0-1"),
            new PackageChange("lab-other", "noarch", null, "2.0-1"),
            PackageChange.replaced(
                new PackageVersion("lab-old", "noarch", "1.0-1"),
                new PackageId("lab-new", "noarch")));
  }

  @Test
  void whatWouldBeRemovedMakesItImpossible() {
    String output =
        """
        Dependencies resolved.
        ====
         Package  Architecture  Version    Repository  Size
        ====
        Upgrading:
         lab-grow noarch        1.1-1.lab  lab-updates 6.3 k
             replacing  lab-old.noarch 1.0-1.lab
        Removing dependent packages:
         a-package-with-a-name-that-is-longer-than-its-column
                  x86_64        3:1-1      @base       6.3 k

        Transaction Summary
        """;

    Simulation simulation =
        DnfTable.simulation(new ProgramResult(1, output, ABORTED), List.of(GROW), NOW);

    assertThat(simulation.possible()).isFalse();
    assertThat(simulation.why())
        .isEqualTo("it would remove a-package-with-a-name-that-is-longer-than-its-column.x86_64");
  }

  @Test
  void whatDnfLeavesOutIsNotPossible() {
    Simulation simulation =
        DnfTable.simulation(new ProgramResult(0, "Nothing to do.\n", ""), List.of(GROW), NOW);

    assertThat(simulation.possible()).isFalse();
    assertThat(simulation.why()).contains("lab-grow 1.1-1.lab");
  }
}
