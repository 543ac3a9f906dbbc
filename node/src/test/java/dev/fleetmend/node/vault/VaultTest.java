package dev.fleetmend.node.vault;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fleetmend.patching.fact.PackageVersion;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class VaultTest {
  private static final PackageVersion OPENSSL =
      new PackageVersion("openssl", "amd64", "1:3.0-1~deb12u1");

  @TempDir Path folder;

  @Test
  void givesBackWhatItKeeps() throws IOException {
    KeptPackage kept = keep("content");

    Vault reopened = new Vault(folder.resolve("vault"), 0);
    assertThat(reopened.find(OPENSSL)).contains(kept);
    assertThat(Files.readString(reopened.intact(kept).orElseThrow())).isEqualTo("content");
  }

  @Test
  void knowsAFileThatIsNoLongerWhatItWas() throws IOException {
    KeptPackage kept = keep("content");
    Files.writeString(folder.resolve("vault").resolve(kept.file()), "other");

    assertThat(new Vault(folder.resolve("vault"), 0).intact(kept)).isEmpty();
  }

  @Test
  void hasNoRoomBeyondItsReserve() throws IOException {
    assertThat(new Vault(folder.resolve("vault"), Long.MAX_VALUE / 2).room()).isZero();
    assertThat(new Vault(folder.resolve("vault"), 0).room()).isPositive();
  }

  private KeptPackage keep(String content) throws IOException {
    Path file = folder.resolve("openssl_1%3a3.0-1~deb12u1_amd64.deb");
    Files.writeString(file, content);
    return new Vault(folder.resolve("vault"), 0).keep(OPENSSL, file, Digests.sha256(file));
  }
}
