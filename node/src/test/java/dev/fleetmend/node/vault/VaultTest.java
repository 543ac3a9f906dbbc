package dev.fleetmend.node.vault;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fleetmend.patching.fact.PackageVersion;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class VaultTest {
  private static final PackageVersion OPENSSL =
      new PackageVersion("openssl", "amd64", "1:3.0-1~deb12u1");

  private static final long GIGABYTE = 1L << 30;

  @TempDir Path folder;

  @Test
  void givesBackWhatItKeeps() throws IOException {
    KeptPackage kept = keep("content");

    Vault reopened = new Vault(folder.resolve("vault"), 0, GIGABYTE);
    assertThat(reopened.find(OPENSSL)).contains(kept);
    assertThat(Files.readString(reopened.intact(kept).orElseThrow())).isEqualTo("content");
  }

  @Test
  void knowsAFileThatIsNoLongerWhatItWas() throws IOException {
    KeptPackage kept = keep("content");
    Files.writeString(folder.resolve("vault").resolve(kept.file()), "other");

    assertThat(new Vault(folder.resolve("vault"), 0, GIGABYTE).intact(kept)).isEmpty();
  }

  @Test
  void hasNoRoomBeyondItsReserve() throws IOException {
    assertThat(new Vault(folder.resolve("vault"), Long.MAX_VALUE / 2, GIGABYTE).room()).isZero();
    assertThat(new Vault(folder.resolve("vault"), 0, GIGABYTE).room()).isPositive();
  }

  @Test
  void forgetsTheOldestFirstAndNeverWhatIsNeeded() throws IOException {
    Vault vault = new Vault(folder.resolve("vault"), 0, 10_000);
    List<PackageVersion> versions = new ArrayList<>();
    for (int i = 0; i < 6; i++) {
      PackageVersion version = new PackageVersion("lab", "all", "1." + i);
      Path file = Files.write(folder.resolve("lab_1." + i + "_all.deb"), new byte[1_500]);
      KeptPackage kept = vault.keep(version, file, Digests.sha256(file));
      Files.setLastModifiedTime(
          folder.resolve("vault").resolve(kept.file() + ".json"), FileTime.fromMillis(i));
      versions.add(version);
    }
    Files.write(folder.resolve("vault").resolve("left_1_all.deb.new"), new byte[10]);

    vault.prune(4_000, Set.of(versions.getFirst()), Set.of(versions.get(1)));

    assertThat(vault.room()).isBetween(4_000L, 5_499L);
    assertThat(vault.all()).containsKeys(versions.get(0), versions.get(1), versions.get(5));
    assertThat(vault.all()).doesNotContainKeys(versions.get(2), versions.get(3));
    assertThat(folder.resolve("vault/left_1_all.deb.new")).doesNotExist();

    vault.prune(10_000, Set.of(versions.getFirst()), Set.of(versions.get(1)));

    assertThat(vault.all()).containsOnlyKeys(versions.getFirst());
  }

  private KeptPackage keep(String content) throws IOException {
    Path file = folder.resolve("openssl_1%3a3.0-1~deb12u1_amd64.deb");
    Files.writeString(file, content);
    return new Vault(folder.resolve("vault"), 0, GIGABYTE)
        .keep(OPENSSL, file, Digests.sha256(file));
  }
}
