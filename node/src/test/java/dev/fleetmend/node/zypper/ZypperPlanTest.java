package dev.fleetmend.node.zypper;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fleetmend.node.manager.PackageChange;
import dev.fleetmend.node.manager.PackageId;
import dev.fleetmend.node.manager.Simulation;
import dev.fleetmend.node.program.ProgramResult;
import dev.fleetmend.patching.fact.PackageVersion;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class ZypperPlanTest {
  private static final Map<PackageId, String> INSTALLED =
      Map.of(
          new PackageId("kernel-default", "noarch"), "6.1-1",
          new PackageId("lab-good", "noarch"), "1.0-1",
          new PackageId("lab-grow", "noarch"), "1.0-1");

  private static final ZypperPlan.Replacements NONE = (gone, coming) -> Optional.empty();

  @Test
  void namesWhatComesAlongAndTheKernelThatStaysBehind() throws IOException {
    Simulation plan = plan("install", 0);

    assertThat(plan.possible()).isTrue();
    assertThat(plan.changes())
        .containsExactlyInAnyOrder(
            new PackageChange("lab-good", "noarch", "1.0-1", "1.1-1"),
            new PackageChange("lab-grow", "noarch", "1.0-1", "1.1-1"),
            new PackageChange("lab-extra", "noarch", null, "1.0-1"),
            new PackageChange("kernel-default", "noarch", "6.1-1", "6.2-1"));
  }

  @Test
  void saysWhyNot() throws IOException {
    assertThat(plan("install-conflict", 4).why())
        .contains("lab-rival-2.0-1.noarch conflicts with lab-held");
    assertThat(plan("install-locked", 4).why()).contains("remove lock to allow");
    assertThat(plan("install-unknown", 104).why())
        .isEqualTo("No provider of 'lab-nonesuch.noarch=1.1-1' found.");
  }

  @Test
  void tellsAReplacedPackageByWhatTakesItsPlace() throws IOException {
    PackageId by = new PackageId("lab-new", "noarch");
    Simulation plan =
        ZypperPlan.parse(
            new ProgramResult(0, read("install-obsoleting"), ""),
            INSTALLED,
            (gone, coming) ->
                Optional.of(by)
                    .filter(one -> coming.stream().anyMatch(v -> v.name().equals(one.name()))));

    assertThat(plan.possible()).isTrue();
    assertThat(plan.changes())
        .contains(PackageChange.replaced(new PackageVersion("lab-old", "noarch", "1.0-1"), by));
  }

  @Test
  void takesNoRemovalForAnInstallation() throws IOException {
    Simulation plan = plan("install-obsoleting", 0);

    assertThat(plan.possible()).isFalse();
    assertThat(plan.why()).isEqualTo("it would remove lab-old");
  }

  @Test
  void anAnswerThatIsCutOffIsNoPlan() throws IOException {
    String whole = read("install");
    ProgramResult half = new ProgramResult(137, whole.substring(0, whole.length() / 2), "");

    assertThat(ZypperPlan.parse(half, INSTALLED, NONE).possible()).isFalse();
  }

  private static Simulation plan(String name, int exitCode) throws IOException {
    return ZypperPlan.parse(new ProgramResult(exitCode, read(name), ""), INSTALLED, NONE);
  }

  private static String read(String name) throws IOException {
    String file = "sles15." + name + ".stdout";
    try (InputStream in =
        Objects.requireNonNull(ZypperPlanTest.class.getResourceAsStream(file), file)) {
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    }
  }
}
