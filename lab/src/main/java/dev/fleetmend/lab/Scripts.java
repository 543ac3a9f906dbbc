package dev.fleetmend.lab;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;

/** The shell scripts of the lab, laid out in a folder where they can be run. */
final class Scripts {
  private static final List<String> NAMES =
      List.of(
          "boot.sh",
          "build-root.sh",
          "build-rpm-root.sh",
          "init.sh",
          "link.sh",
          "make-key.sh",
          "network.sh",
          "shutdown.sh",
          "sign-packages.sh",
          "sign-repository.sh",
          "sign-suite.sh",
          "supervise-systemd.sh",
          "supervise.sh",
          "sweep.sh",
          "take-root.sh");

  private final Path folder;

  private Scripts(Path folder) {
    this.folder = folder;
  }

  static Scripts in(Path folder) {
    try {
      Files.createDirectories(folder);
      for (String name : NAMES) {
        Path script = folder.resolve(name);
        Files.write(script, content(name));
        Files.setPosixFilePermissions(script, PosixFilePermissions.fromString("rwxr-xr-x"));
      }
    } catch (IOException e) {
      throw new LabException("cannot write the lab's scripts to " + folder, e);
    }
    return new Scripts(folder);
  }

  Path folder() {
    return folder;
  }

  String path(String name) {
    return folder.resolve(name).toString();
  }

  static byte[] content(String name) {
    try (InputStream in = Scripts.class.getResourceAsStream(name)) {
      if (in == null) {
        throw new LabException("script " + name + " is not packaged");
      }
      return in.readAllBytes();
    } catch (IOException e) {
      throw new LabException("cannot read script " + name, e);
    }
  }
}
