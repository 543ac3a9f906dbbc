package dev.fleetmend.node.rpm;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LeftoversTest {
  @Test
  void onlyWhatRpmLeftBesideThePackagesOwnFilesGoes(@TempDir Path folder) throws IOException {
    List<String> stay =
        List.of(
            "a.conf", "a.conf;6b0a371", "a.conf;6b0a37123", "b.conf;6b0a3712", "a.conf;6B0A3712");
    for (String name : stay) {
      Files.writeString(folder.resolve(name), name);
    }
    Files.writeString(folder.resolve("a.conf;6b0a3712"), "half of it");
    Files.createSymbolicLink(folder.resolve("a.conf;00000000"), folder.resolve("a.conf"));
    Files.createDirectory(folder.resolve("a.conf;11111111"));

    Leftovers.remove(List.of(folder.resolve("a.conf"), folder.resolve("none/a.conf"), folder));

    try (var left = Files.list(folder)) {
      assertThat(left.map(one -> one.getFileName().toString()))
          .containsExactlyInAnyOrder(
              "a.conf",
              "a.conf;6b0a371",
              "a.conf;6b0a37123",
              "b.conf;6b0a3712",
              "a.conf;6B0A3712",
              "a.conf;11111111");
    }
  }
}
