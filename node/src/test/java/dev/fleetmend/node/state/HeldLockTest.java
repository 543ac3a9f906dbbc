package dev.fleetmend.node.state;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class HeldLockTest {
  private static final String TRY =
      "import fcntl,sys\nfcntl.lockf(open(sys.argv[1],'r+'), fcntl.LOCK_EX | fcntl.LOCK_NB)";

  @TempDir private Path folder;

  @Test
  void neitherATryOfAnotherPartOfTheProcessNorTheGarbageCollectorLetsItGo() throws Exception {
    Path file = folder.resolve("lock");
    try (HeldLock mine = Objects.requireNonNull(HeldLock.tryTake(file))) {
      assertThat(HeldLock.tryTake(file)).isNull();
      System.gc();
      assertThat(HeldLock.tryTake(folder.resolve("x/../lock"))).isNull();
      assertThat(anotherProcessGetsIt(file)).isFalse();
      assertThat(mine).isNotNull();
    }

    assertThat(anotherProcessGetsIt(file)).isTrue();
    try (HeldLock again = HeldLock.tryTake(file)) {
      assertThat(again).isNotNull();
    }
  }

  private static boolean anotherProcessGetsIt(Path file) throws Exception {
    return new ProcessBuilder("python3", "-c", TRY, file.toString()).start().waitFor() == 0;
  }
}
