package dev.fleetmend.node.image;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Images for another processor. What runs here says to be for it, for want of the real thing. */
class JdkModulesTest {
  @TempDir Path folder;

  @Test
  @Tag("slow")
  void anImageIsMadeOfAnotherPlatformsModulesBesideThisMachinesOwn() throws Exception {
    Path modules = folder.resolve("jmods");
    new ModulesOfThisJdk("linux-aarch64").writeInto(modules);
    JdkModules other = JdkModules.in(modules);
    assertThat(other.platform()).isEqualTo("linux-arm64");
    Path cache = folder.resolve("cache");

    AgentImage image = AgentImage.in(cache, Clock.systemUTC(), other);

    assertThat(image.folder().resolve("app/agent-0.jar")).exists();
    assertThat(image.folder().resolve("app/agent.aot"))
        .as("made by a run, which another processor's program has here only in this test")
        .doesNotExist();
    assertThat(image.folder().resolve("release")).content().contains("java.base java.xml");
    Process run = new ProcessBuilder(image.launcher().toString(), "version").start();
    assertThat(run.getInputStream().readAllBytes()).isNotEmpty();
    assertThat(run.getErrorStream().readAllBytes()).isEmpty();
    assertThat(run.waitFor()).isZero();
    assertThat(Ingredients.ofThisProgram(other).key())
        .isNotEqualTo(Ingredients.ofThisProgram(null).key());
    assertThat(AgentImage.in(cache, Clock.systemUTC(), other)).isEqualTo(image);
  }

  @Test
  void whatIsNotForLinuxOrNoFolderOfModulesIsRefused() throws Exception {
    Path windows = folder.resolve("windows");
    new ModulesOfThisJdk("windows-amd64").writeLabelsInto(windows);
    assertThatThrownBy(() -> JdkModules.in(windows))
        .isInstanceOf(IOException.class)
        .hasMessageContainingAll("for windows-amd64", "Linux only");
    assertThatThrownBy(() -> JdkModules.in(folder)).hasMessageContaining("has no java.base.jmod");
    Path nonsense = Files.createDirectory(folder.resolve("nonsense"));
    Files.writeString(nonsense.resolve("java.base.jmod"), "x");
    Files.writeString(nonsense.resolve("java.xml.jmod"), "x");
    assertThatThrownBy(() -> JdkModules.in(nonsense)).isInstanceOf(IOException.class);
  }

  @Test
  void modulesOfAnotherReleaseAreRefused() throws Exception {
    Path older = folder.resolve("older");
    new ModulesOfThisJdk("linux-aarch64", "21.0.7").writeLabelsInto(older);
    assertThatThrownBy(() -> JdkModules.in(older))
        .hasMessageContainingAll("of JDK 21.0.7", "both must be of one release");
  }
}
