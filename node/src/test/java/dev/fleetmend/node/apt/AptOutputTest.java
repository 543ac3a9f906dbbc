package dev.fleetmend.node.apt;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.fleetmend.node.manager.PackageChange;
import dev.fleetmend.node.manager.PackageId;
import dev.fleetmend.node.manager.PackageStanding.Completeness;
import dev.fleetmend.node.manager.Simulation;
import dev.fleetmend.node.program.ProgramResult;
import dev.fleetmend.patching.fact.PackageVersion;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class AptOutputTest {
  @Test
  void readsWhatAnInstallationWouldChange() throws IOException {
    ProgramResult said = new ProgramResult(0, Golden.read("debian12.simulate-install.stdout"), "");

    Simulation simulation = SimulationOutput.parse(said);

    assertThat(simulation.possible()).isTrue();
    assertThat(simulation.changes())
        .containsExactly(
            new PackageChange("libssl3", "amd64", "3.0.20-1~deb12u2", "3.0.22-1~deb12u2"),
            new PackageChange("openssl", "amd64", "3.0.20-1~deb12u2", "3.0.22-1~deb12u2"));
  }

  @Test
  void seesNewDependenciesThatComeAlong() throws IOException {
    ProgramResult said =
        new ProgramResult(0, Golden.read("debian12.simulate-dependency.stdout"), "");

    assertThat(SimulationOutput.parse(said).changes())
        .contains(new PackageChange("lab-extra", "all", null, "1.0"));
  }

  @Test
  void saysWhyAnInstallationIsRefused() throws IOException {
    assertThat(refusal("held").why()).contains("held: lab-held");
    assertThat(refusal("conflict").why())
        .contains("lab-rival : Conflicts: lab-held but 1.0 is to be installed");
  }

  private static Simulation refusal(String kind) throws IOException {
    Simulation simulation =
        SimulationOutput.parse(
            new ProgramResult(
                100,
                Golden.read("debian12.simulate-" + kind + ".stdout"),
                Golden.read("debian12.simulate-" + kind + ".stderr")));
    assertThat(simulation.possible()).isFalse();
    return simulation;
  }

  @Test
  void seesWhatWouldLeaveWithAPackage() throws IOException {
    ProgramResult said = new ProgramResult(0, Golden.read("debian12.simulate-remove.stdout"), "");
    List<DpkgPackage> installed =
        DpkgDatabase.parse(
            """
            lab-app\tall\t1.0\tii \tinstalled\tlab-app\tadmin\toptional
            lab-cli\tall\t1.0\tii \tinstalled\tlab-app\tadmin\toptional
            lab-lib\tall\t1.0\tii \tinstalled\tlab-app\tadmin\toptional
            """);

    assertThat(SimulationOutput.removals(said, installed))
        .containsExactlyInAnyOrder(
            new PackageId("lab-app", "all"),
            new PackageId("lab-cli", "all"),
            new PackageId("lab-lib", "all"));
  }

  @Test
  void readsDpkgsDatabase() throws IOException {
    List<DpkgPackage> packages = DpkgDatabase.parse(Golden.read("debian12.dpkg-query.stdout"));

    assertThat(packages).hasSize(5);
    assertThat(packages.get(2).source()).isEqualTo("openssl");
    assertThat(packages.get(4).arch()).isEqualTo("all");
    assertThat(packages).allMatch(DpkgPackage::whole);
  }

  @Test
  void tellsAHalfDonePackageFromAWholeOne() throws IOException {
    List<DpkgPackage> packages =
        DpkgDatabase.parse(
            """
            a\tall\t1\tiF \thalf-configured\ta\tadmin\toptional
            b\tall\t1\tiHR\thalf-installed\tb\tadmin\toptional
            c\tall\t1\trc \tconfig-files\tc\tadmin\toptional
            d\tall\t1\thi \tinstalled\td\tadmin\toptional
            """);

    assertThat(packages)
        .extracting(one -> one.standing().completeness())
        .containsExactly(
            Completeness.UNFINISHED,
            Completeness.UNFINISHED,
            Completeness.CONFIGURATION,
            Completeness.WHOLE);
    assertThat(packages.getLast().held()).isTrue();
  }

  @Test
  void refusesOutputItDoesNotKnow() {
    assertThatThrownBy(() -> DpkgDatabase.parse("no tabs here\n")).isInstanceOf(IOException.class);
  }

  @Test
  void readsDigestsAndConffiles() throws IOException {
    Map<PackageVersion, ShownPackages.Shown> shown =
        ShownPackages.parse(Golden.read("debian12.apt-cache-show.stdout"));
    assertThat(shown)
        .hasSize(2)
        .containsKey(new PackageVersion("openssl", "amd64", "3.0.20-1~deb12u2"));
    assertThat(shown.values()).allMatch(one -> one.size().installed() > one.size().file());
    Map<PackageId, List<Path>> conffiles =
        AptConffiles.parse(Golden.read("debian12.conffiles.stdout"));
    assertThat(conffiles.get(new PackageId("openssl", "amd64")))
        .containsExactly(Path.of("/etc/ssl/openssl.cnf"));
    assertThat(conffiles.get(new PackageId("nginx-common", "all"))).hasSize(17);
  }
}
