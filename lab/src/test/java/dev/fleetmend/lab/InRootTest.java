package dev.fleetmend.lab;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class InRootTest {
  @TempDir private Path root;

  @BeforeEach
  void fill() throws IOException {
    Files.createDirectories(root.resolve("var/lib"));
    Files.createDirectory(root.resolve("run"));
  }

  @Test
  void anAbsoluteLinkStaysInTheRoot() throws IOException {
    Files.createSymbolicLink(root.resolve("var/run"), Path.of("/run"));

    assertThat(follow("/var/run/yum.pid")).isEqualTo(root.resolve("run/yum.pid"));
  }

  @Test
  void aRelativeLinkGoesFromWhereItStands() throws IOException {
    Files.createSymbolicLink(root.resolve("var/lib/run"), Path.of("../../run"));

    assertThat(follow("/var/lib/run/x")).isEqualTo(root.resolve("run/x"));
  }

  @Test
  void nothingLeadsAboveTheRoot() throws IOException {
    Files.createSymbolicLink(root.resolve("out"), Path.of("/../../etc"));

    assertThat(follow("/out/passwd")).isEqualTo(root.resolve("etc/passwd"));
    assertThat(follow("/var/../../etc")).isEqualTo(root.resolve("etc"));
    assertThat(follow("/")).isEqualTo(root);
  }

  @Test
  void aCircleOfLinksIsNoEndlessWalk() throws IOException {
    Files.createSymbolicLink(root.resolve("a"), Path.of("b"));
    Files.createSymbolicLink(root.resolve("b"), Path.of("/a"));

    assertThatThrownBy(() -> follow("/a"))
        .isInstanceOf(LabException.class)
        .hasMessageContaining("links");
  }

  private Path follow(String path) {
    return InRoot.follow(root, path);
  }
}
