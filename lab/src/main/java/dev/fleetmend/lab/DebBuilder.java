package dev.fleetmend.lab;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.zip.GZIPOutputStream;

/** Builds packages with dpkg-deb. */
final class DebBuilder {
  private final Path scratch;

  DebBuilder(Path scratch) {
    this.scratch = scratch;
  }

  void build(Deb deb, Suite suite, Path target) {
    Folders.remove(scratch);
    try {
      Path control = Files.createDirectories(scratch.resolve("DEBIAN"));
      Files.writeString(control.resolve("control"), deb.control());
      for (var script : deb.scripts().entrySet()) {
        Path file = control.resolve(script.getKey());
        Files.writeString(file, "#!/bin/sh\nset -e\n" + script.getValue() + "\n");
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rwxr-xr-x"));
      }
      Path content = Files.createDirectories(scratch.resolve("usr/lib/lab"));
      Files.writeString(content.resolve(deb.name()), deb.version() + "\n");
      if (deb.payload() > 0) {
        Files.write(content.resolve(deb.name() + ".payload"), new byte[deb.payload() << 20]);
      }
      for (var more : deb.files().entrySet()) {
        Path file = scratch.resolve(more.getKey().substring(1));
        Files.createDirectories(file.getParent());
        Files.writeString(file, more.getValue());
      }
      String conffile = deb.conffile();
      if (conffile != null) {
        Path etc = Files.createDirectories(scratch.resolve("etc"));
        Files.writeString(etc.resolve(deb.name() + ".conf"), conffile);
        Files.writeString(control.resolve("conffiles"), "/etc/" + deb.name() + ".conf\n");
      }
      Path doc = Files.createDirectories(scratch.resolve("usr/share/doc").resolve(deb.name()));
      try (OutputStream out =
          new GZIPOutputStream(Files.newOutputStream(doc.resolve("changelog.Debian.gz")))) {
        out.write(deb.changelog(suite).getBytes(StandardCharsets.UTF_8));
      }
    } catch (IOException e) {
      throw new LabException("cannot lay out the package " + deb.name(), e);
    }
    Execution.local(
            "dpkg-deb",
            "--root-owner-group",
            "-Znone",
            "--build",
            scratch.toString(),
            target.toString())
        .run()
        .orThrow();
  }
}
