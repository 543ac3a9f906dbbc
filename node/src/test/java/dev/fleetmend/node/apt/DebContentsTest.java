package dev.fleetmend.node.apt;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;

class DebContentsTest {
  @Test
  void regularFilesAreReadWithTheirBytes() throws IOException {
    assertThat(DebContents.parse(Golden.read("debian12.dpkg-deb-contents.stdout")))
        .isEqualTo(
            Map.of(Path.of("/boot/second"), 12345L, Path.of("/usr/lib/lab/a file -> b"), 3L));
  }
}
