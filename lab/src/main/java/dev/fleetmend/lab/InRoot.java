package dev.fleetmend.lab;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Deque;

/** Follows paths as a process would whose root a folder is: no link leads out of it. */
final class InRoot {
  /** As many as Linux follows, path_resolution(7). */
  private static final int MOST_LINKS = 40;

  private final Path root;
  private final Deque<Path> rest = new ArrayDeque<>();
  private Path at = Path.of("/");
  private int links;

  private InRoot(Path root) {
    this.root = root;
  }

  /**
   * The file or folder, or the place for one, that a path means there.
   *
   * @param path an absolute path in the root
   */
  static Path follow(Path root, String path) {
    InRoot walk = new InRoot(root);
    walk.ahead(Path.of(path));
    while (!walk.rest.isEmpty()) {
      walk.step(walk.rest.pop());
    }
    return walk.outside();
  }

  private void step(Path name) {
    if (name.toString().equals("..")) {
      Path above = at.getParent();
      at = above == null ? at : above;
      return;
    }
    Path above = at;
    at = at.resolve(name);
    if (Files.isSymbolicLink(outside())) {
      if (++links > MOST_LINKS) {
        throw new LabException("too many links on the way to " + at);
      }
      Path target = target();
      at = target.isAbsolute() ? Path.of("/") : above;
      ahead(target);
    }
  }

  private Path target() {
    try {
      return Files.readSymbolicLink(outside());
    } catch (IOException e) {
      throw new LabException("cannot follow the link " + at, e);
    }
  }

  private void ahead(Path path) {
    Deque<Path> names = new ArrayDeque<>();
    path.forEach(names::push);
    names.forEach(rest::push);
  }

  private Path outside() {
    return root.resolve(Path.of("/").relativize(at));
  }
}
