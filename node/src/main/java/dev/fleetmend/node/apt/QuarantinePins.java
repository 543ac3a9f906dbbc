package dev.fleetmend.node.apt;

import dev.fleetmend.patching.fact.PackageVersion;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Arrays;
import java.util.List;

/** Pins that keep exact versions off this host, in a file of apt's preferences. */
final class QuarantinePins {
  private static final String HEADING =
      "# Versions that a rollback took out, held back by Fleetmend until released.\n";

  private final Path file;
  private final String nativeArch;

  QuarantinePins(Path file, String nativeArch) {
    this.file = file;
    this.nativeArch = nativeArch;
  }

  /** Makes the file say exactly this; without versions there is none. */
  void write(List<PackageVersion> versions) throws IOException {
    List<PackageVersion> valid = versions.stream().filter(AptNames::valid).toList();
    if (valid.isEmpty()) {
      Files.deleteIfExists(file);
      return;
    }
    byte[] wanted = text(valid).getBytes(StandardCharsets.UTF_8);
    if (Arrays.equals(wanted, current())) {
      return;
    }
    Files.createDirectories(file.toAbsolutePath().getParent());
    Path half = file.resolveSibling(file.getFileName() + ".new");
    Files.deleteIfExists(half);
    Files.createFile(
        half, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-r--r--")));
    Files.setPosixFilePermissions(half, PosixFilePermissions.fromString("rw-r--r--"));
    Files.write(half, wanted);
    Files.move(half, file, StandardCopyOption.ATOMIC_MOVE);
  }

  private byte[] current() throws IOException {
    try {
      return Files.readAllBytes(file);
    } catch (NoSuchFileException e) {
      return new byte[0];
    }
  }

  private String text(List<PackageVersion> versions) {
    StringBuilder text = new StringBuilder(HEADING);
    for (PackageVersion version : versions) {
      boolean plain = version.arch().equals("all") || version.arch().equals(nativeArch);
      text.append("\nPackage: ")
          .append(plain ? version.name() : version.name() + ":" + version.arch())
          .append("\nPin: version ")
          .append(version.version())
          .append("\nPin-Priority: -1\n");
    }
    return text.toString();
  }
}
