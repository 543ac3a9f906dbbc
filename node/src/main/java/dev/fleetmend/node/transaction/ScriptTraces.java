package dev.fleetmend.node.transaction;

import dev.fleetmend.node.journal.ConfigurationFile;
import dev.fleetmend.node.state.JsonFile;
import java.io.IOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/**
 * What package scripts change below {@code /etc} that the package manager keeps no account of. Such
 * files are not put back, and a rollback names them.
 */
final class ScriptTraces {
  private static final Path ETC = Path.of("/etc");

  /** Made from other files, by the scripts themselves. */
  private static final List<Path> GENERATED =
      List.of(
          Path.of("/etc/ssl/certs"),
          Path.of("/etc/ld.so.cache"),
          Path.of("/etc/apt"),
          Path.of("/etc/dnf"),
          Path.of("/etc/yum"),
          Path.of("/etc/zypp"));

  /** A file's content. */
  record Traces(List<ConfigurationFile> files) {
    Traces {
      files = List.copyOf(files);
    }
  }

  private final JsonFile<Traces> before;
  private final JsonFile<Traces> changed;

  /**
   * @param folder of the installation
   */
  ScriptTraces(Path folder) {
    this.before = new JsonFile<>(folder.resolve("etc-before.json"), Traces.class);
    this.changed = new JsonFile<>(folder.resolve("etc-changed.json"), Traces.class);
  }

  /** Before anything changes. */
  void lookBefore() throws IOException {
    before.write(new Traces(look()));
  }

  /** After the installation: remembers how what it changed was before. */
  void lookAfter() throws IOException {
    Traces was = before.read();
    if (was == null) {
      return;
    }
    Map<String, String> old = digests(was.files());
    Map<String, String> now = digests(look());
    Set<String> all = new TreeSet<>(old.keySet());
    all.addAll(now.keySet());
    List<ConfigurationFile> different = new ArrayList<>();
    for (String path : all) {
      String digest = old.getOrDefault(path, "");
      if (!digest.equals(now.getOrDefault(path, ""))) {
        different.add(new ConfigurationFile(path, digest));
      }
    }
    changed.write(new Traces(different));
    before.delete();
  }

  /** What is not as it was before the installation, for people. */
  List<String> left() throws IOException {
    Traces of = changed.read();
    List<String> left = new ArrayList<>();
    if (of != null) {
      for (ConfigurationFile file : of.files()) {
        if (!ConfigurationKeeper.digest(Path.of(file.path())).equals(file.digest())) {
          left.add(file.path() + " was changed by a package's script and is not as it was");
        }
      }
    }
    return left;
  }

  private static List<ConfigurationFile> look() throws IOException {
    List<ConfigurationFile> files = new ArrayList<>();
    Files.walkFileTree(
        ETC,
        new SimpleFileVisitor<>() {
          @Override
          public FileVisitResult preVisitDirectory(Path folder, BasicFileAttributes is) {
            return GENERATED.contains(folder)
                ? FileVisitResult.SKIP_SUBTREE
                : FileVisitResult.CONTINUE;
          }

          @Override
          public FileVisitResult visitFile(Path file, BasicFileAttributes is) throws IOException {
            if (is.isRegularFile() && !GENERATED.contains(file)) {
              files.add(new ConfigurationFile(file.toString(), ConfigurationKeeper.digest(file)));
            }
            return FileVisitResult.CONTINUE;
          }
        });
    return files;
  }

  private static Map<String, String> digests(List<ConfigurationFile> files) {
    Map<String, String> digests = new HashMap<>();
    files.forEach(file -> digests.put(file.path(), file.digest()));
    return digests;
  }
}
