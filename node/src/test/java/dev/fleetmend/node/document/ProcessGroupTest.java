package dev.fleetmend.node.document;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ProcessGroupTest {
  private static final Duration SOON = Duration.ofSeconds(20);
  @TempDir private Path folder;
  private Path mark;

  @BeforeEach
  void name() {
    mark = folder.resolve("mark");
  }

  @Test
  void nothingRunsBeforeItsLeaderIsKept() throws Exception {
    List<Boolean> ranBefore = new ArrayList<>();

    Process process =
        start(
            leader -> {
              await().atMost(SOON).until(() -> Files.exists(mark) || isHeld(leader.pid()));
              ranBefore.add(Files.exists(mark));
            });

    assertThat(process.waitFor()).isZero();
    assertThat(ranBefore).containsExactly(false);
    assertThat(mark).hasContent("ran");
  }

  @Test
  void nothingRunsWhereItsLeaderCannotBeKept() {
    List<Long> pids = new ArrayList<>();

    assertThatThrownBy(
            () ->
                start(
                    leader -> {
                      pids.add(leader.pid());
                      throw new IOException("the disk is full");
                    }))
        .hasMessage("the disk is full");

    await().atMost(SOON).until(() -> ProcessHandle.of(pids.getFirst()).isEmpty());
    assertThat(mark).doesNotExist();
  }

  /** Reads all there is to read, which must be nothing, and leaves a mark. */
  private Process start(StepRun.Started started) throws IOException {
    return ProcessGroup.start(
        List.of("sh", "-c", "cat; printf ran >\"$0\"", mark.toString()),
        Map.of(),
        folder,
        folder.resolve("out"),
        folder.resolve("err"),
        started);
  }

  private static boolean isHeld(long pid) throws IOException {
    return Files.readString(Path.of("/proc/" + pid + "/cmdline")).startsWith("/bin/sh\0-c\0read");
  }
}
