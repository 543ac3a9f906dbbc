package dev.fleetmend.lab;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.UUID;
import java.util.stream.Stream;

/** The folders of owned labs that nobody named; their names begin with the pid of their JVM. */
final class TemporaryLabs {
  private final Path folder;

  TemporaryLabs(Path folder) {
    this.folder = folder;
  }

  Path create() {
    Folders.make(folder);
    leftOver().forEach(Folders::remove);
    return folder.resolve(
        ProcessHandle.current().pid() + "-" + UUID.randomUUID().toString().substring(0, 8));
  }

  private List<Path> leftOver() {
    try (Stream<Path> found = Files.list(folder)) {
      return found.filter(TemporaryLabs::ownerIsGone).toList();
    } catch (IOException e) {
      throw new LabException("cannot list " + folder, e);
    }
  }

  private static boolean ownerIsGone(Path lab) {
    String name = lab.getFileName().toString();
    long owner = Long.parseLong(name.substring(0, name.indexOf('-')));
    return ProcessHandle.of(owner).isEmpty() && LabNetwork.running(lab).isEmpty();
  }
}
