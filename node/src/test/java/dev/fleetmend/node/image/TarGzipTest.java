package dev.fleetmend.node.image;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.HexFormat;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TarGzipTest {
  @TempDir Path folder;

  @Test
  void theArchiveDependsOnContentAloneAndTarReadsIt() throws Exception {
    Path first = tree("first", 1_000);
    Path second = tree("second", 2_000_000);
    Path archive = folder.resolve("first.tar.gz");

    String hash = TarGzip.pack(first, archive);

    assertThat(TarGzip.pack(second, folder.resolve("second.tar.gz"))).isEqualTo(hash);
    assertThat(Files.readAllBytes(folder.resolve("second.tar.gz")))
        .isEqualTo(Files.readAllBytes(archive));
    assertThat(hash)
        .isEqualTo(HexFormat.of().formatHex(Hashes.sha256().digest(Files.readAllBytes(archive))));
    assertThat(run("tar", "-tvzf", archive.toString(), "--utc", "--numeric-owner").lines())
        .map(line -> line.replaceAll(" +", " "))
        .containsExactly(
            "drwxr-xr-x 0/0 0 2026-01-01 00:00 bin/",
            "-rwxr-xr-x 0/0 3 2026-01-01 00:00 bin/run",
            "lrwxrwxrwx 0/0 0 2026-01-01 00:00 link -> bin/run",
            "-rw-r--r-- 0/0 513 2026-01-01 00:00 text");
    Path back = Files.createDirectory(folder.resolve("back"));
    run("tar", "-xzf", archive.toString(), "-C", back.toString());
    assertThat(Files.readString(back.resolve("text"))).isEqualTo("x".repeat(513));
  }

  private Path tree(String name, long age) throws Exception {
    Path tree = Files.createDirectory(folder.resolve(name));
    Path text = Files.writeString(tree.resolve("text"), "x".repeat(513));
    Path bin = Files.createDirectory(tree.resolve("bin"));
    Path run = Files.writeString(bin.resolve("run"), "ran");
    Files.setPosixFilePermissions(run, PosixFilePermissions.fromString("rwxr-x---"));
    Files.createSymbolicLink(tree.resolve("link"), Path.of("bin/run"));
    Files.setLastModifiedTime(text, FileTime.fromMillis(age));
    return tree;
  }

  private static String run(String... command) throws Exception {
    Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
    String said = new String(process.getInputStream().readAllBytes(), UTF_8);
    assertThat(process.waitFor()).as(said).isZero();
    return said;
  }
}
