package dev.fleetmend.node.image;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Clock;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@Tag("slow")
class AgentImageTest {
  @TempDir Path folder;

  @Test
  void theAgentStartsFromItsUnpackedImageAloneWithTheClassesItLoadsAtHand() throws Exception {
    Path cache = folder.resolve("cache");
    Path old = Files.createDirectories(cache.resolve("0123456789abcdef"));
    Files.setLastModifiedTime(old, FileTime.fromMillis(0));

    AgentImage image = AgentImage.in(cache, Clock.systemUTC());

    FileTime made = Files.getLastModifiedTime(image.archive());
    assertThat(AgentImage.in(cache, Clock.systemUTC())).isEqualTo(image);
    assertThat(Files.getLastModifiedTime(image.archive())).isEqualTo(made);
    assertThat(old).doesNotExist();

    Path elsewhere = Files.createDirectory(folder.resolve("elsewhere"));
    assertThat(run("tar", "-xzf", image.archive().toString(), "-C", elsewhere.toString()))
        .isEmpty();
    Path launcher = elsewhere.resolve("bin/fleetmend-agent");
    assertThat(run(launcher.toString(), "run", "--config", folder + "/none.json"))
        .startsWith("fleetmend-agent: ")
        .contains("enrol this host first");

    // Told that it must, Java ends unless it can use the cache.
    Files.writeString(
        launcher, Files.readString(launcher).replace("-Xlog:disable", "-XX:AOTMode=on"));
    assertThat(run(launcher.toString(), "run", "--config", folder + "/none.json"))
        .contains("enrol this host first");
  }

  private static String run(String... command) throws Exception {
    ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true);
    builder.environment().clear();
    builder.environment().put("PATH", "/usr/bin:/bin");
    Process process = builder.start();
    String said = new String(process.getInputStream().readAllBytes(), UTF_8);
    process.waitFor();
    return said;
  }
}
