package dev.fleetmend.node.yum;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fleetmend.node.manager.PackageChange;
import dev.fleetmend.node.manager.PackageId;
import dev.fleetmend.node.manager.PackageStanding;
import dev.fleetmend.node.manager.PackageStanding.Completeness;
import dev.fleetmend.node.manager.Simulation;
import dev.fleetmend.node.program.ProgramResult;
import dev.fleetmend.patching.fact.PackageVersion;
import java.io.IOException;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

class YumTableTest {
  private static final String LONG = "lab-with-a-name-that-is-too-long-for-its-column";
  private static final Map<PackageId, PackageStanding> NOW =
      Arrays.asList("lab-cli", "lab-grow", "lab-app", "lab-lib", "kernel", LONG).stream()
          .collect(
              Collectors.toMap(name -> new PackageId(name, "noarch"), name -> at("1.0-1.lab")));

  private static PackageStanding at(String version) {
    return new PackageStanding(version, Completeness.WHOLE, false, "installed");
  }

  private static PackageVersion lab(String name, String version) {
    return new PackageVersion(name, "noarch", version + "-1.lab");
  }

  private static Simulation read(String name, PackageVersion... asked) throws IOException {
    ProgramResult result =
        new ProgramResult(1, Golden.read(name + ".stdout"), Golden.readIfThere(name + ".stderr"));
    return YumTable.simulation(result, List.of(asked), NOW);
  }

  @Test
  void tellsAllThatWouldChangeAndWhatRunsOverItsColumn() throws IOException {
    Simulation simulation =
        read("yum3.install-assumeno", lab("lab-cli", "1.2"), lab("lab-grow", "1.1"));

    assertThat(simulation.possible()).as(simulation.why()).isTrue();
    assertThat(simulation.changes())
        .containsExactlyInAnyOrder(
            new PackageChange("kernel", "noarch", "1.0-1.lab", "6.2-1.lab"),
            new PackageChange("lab-cli", "noarch", "1.0-1.lab", "1.2-1.lab"),
            new PackageChange("lab-grow", "noarch", "1.0-1.lab", "1.1-1.lab"),
            new PackageChange(LONG, "noarch", "1.0-1.lab", "1.1-1.lab"),
            new PackageChange("lab-extra", "noarch", null, "1.0-1.lab"),
            new PackageChange("lab-app", "noarch", "1.0-1.lab", "1.2-1.lab"),
            new PackageChange("lab-lib", "noarch", "1.0-1.lab", "1.2-1.lab"));
  }

  @Test
  void tellsWhyNot() throws IOException {
    Simulation conflict = read("yum3.install-conflict", lab("lab-rival", "2.0"));
    Simulation unknown = read("yum3.install-unknown", lab("lab-app", "9"));

    assertThat(conflict.possible()).isFalse();
    assertThat(conflict.why())
        .isEqualTo("Error: lab-rival conflicts with lab-held-1.1-1.lab.noarch");
    assertThat(unknown.possible()).isFalse();
    assertThat(unknown.why()).isEqualTo("No package lab-app-9-9.noarch available.");
  }

  @Test
  void whatIsLeftOutOfAPlanMakesItImpossible() throws IOException {
    Simulation partly =
        read(
            "yum3.install-partly",
            lab("lab-lib", "1.1"),
            new PackageVersion("lab-app", "noarch", "9-9"));

    assertThat(partly.possible()).isFalse();
    assertThat(partly.why()).isEqualTo("yum leaves out lab-app 9-9");
  }

  @Test
  void tellsWhatAPackageReplaces() throws IOException {
    Simulation obsoleting = read("yum3.install-obsoleting", lab("lab-new", "2.0"));

    assertThat(obsoleting.possible()).as(obsoleting.why()).isTrue();
    assertThat(obsoleting.changes())
        .containsExactly(
            new PackageChange("lab-new", "noarch", null, "2.0-1.lab"),
            PackageChange.replaced(lab("lab-old", "1.0"), new PackageId("lab-new", "noarch")));
  }

  @Test
  void rowsOfAFewBytesAreRead() {
    String output =
        """
        Updating:
         lab-lib     noarch     1:1.2-1.lab     /lab-lib-1.2-1.lab.noarch         16
        Removing:
         kernel      noarch     6.0-1.lab       @lab-base                         16

        Transaction Summary
        """;

    Simulation simulation =
        YumTable.simulation(
            new ProgramResult(1, output + "Exiting on user command\n", ""), List.of(), NOW);

    assertThat(simulation.changes())
        .containsExactly(new PackageChange("lab-lib", "noarch", "1.0-1.lab", "1:1.2-1.lab"));
    assertThat(simulation.why()).isEqualTo("it would remove kernel.noarch");
  }
}
