package dev.fleetmend.cli.declare;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** The files of {@code docs/examples}, which the README has people apply. */
class ExamplesTest {
  @Test
  void patchNow() throws IOException {
    String name = "patch-now.yaml";
    String text = Files.readString(Path.of("..", "docs", "examples", name));
    Declaration.Run run = (Declaration.Run) Declarations.read(name, text).getFirst();
    assertThat(run.targets().toString())
        .isEqualTo("[{\"Key\":\"tag:Patch Group\",\"Values\":[\"group 1\"]}]");
    assertThat(run.actions())
        .containsExactly(
            new Declaration.Action(
                "AWS-RunPatchBaseline", Map.of("Operation", List.of("Install"))));
  }
}
