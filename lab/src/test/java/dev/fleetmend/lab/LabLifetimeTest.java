package dev.fleetmend.lab;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.BufferedReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@Tag("lab")
class LabLifetimeTest {
  @TempDir Path folder;

  @BeforeEach
  void check() {
    Lab.obstacle().ifPresent(Assumptions::abort);
  }

  @Test
  void nothingOfALabOutlivesItsKilledJvm() throws Exception {
    Path lab = folder.resolve("lab");
    Process owner =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-cp",
                System.getProperty("java.class.path"),
                KilledLab.class.getName(),
                lab.toString())
            .redirectError(ProcessBuilder.Redirect.INHERIT)
            .start();
    BufferedReader out = owner.inputReader(StandardCharsets.UTF_8);
    ProcessHandle host = ProcessHandle.of(Long.parseLong(out.readLine())).orElseThrow();

    owner.destroyForcibly().waitFor();

    Patience.until("the end of the host", Duration.ofSeconds(20), () -> !host.isAlive());
    Patience.until("the end of the lab", Duration.ofSeconds(20), () -> Lab.running(lab).isEmpty());
    assertThat(lab.resolve("hosts/orphan")).exists();
    try (Lab next = Lab.open(lab)) {
      assertThat(next.hosts()).isEmpty();
    }
    assertThat(lab).doesNotExist();
  }

  @Test
  void aDetachedLabIsFoundAgain() {
    Path place = folder.resolve("detached");
    Lab lab = Lab.open(place, Lifetime.DETACHED);
    lab.boot("stays", BaseRoot.DEBIAN_MINIMAL);

    Lab found = Lab.running(place).orElseThrow();
    assertThat(found.host("stays").orElseThrow().exec("hostname").stdout()).isEqualTo("stays\n");
    assertThatThrownBy(() -> Lab.open(place)).hasMessageContaining("a lab runs in");
    found.close();
    assertThat(Lab.running(place)).isEmpty();
  }

  @Test
  void aFolderWithOtherThingsIsRefusedAndLeftAlone() throws Exception {
    Path other = Files.createDirectories(folder.resolve("other"));
    Files.writeString(other.resolve("letter"), "dear");
    assertThatThrownBy(() -> Lab.open(other)).hasMessageContaining("holds something else");
    assertThat(other.resolve("letter")).hasContent("dear");
  }
}
