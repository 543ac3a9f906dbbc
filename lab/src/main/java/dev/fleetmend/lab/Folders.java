package dev.fleetmend.lab;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Optional;

/** Small files and whole folders of the lab, with its own kind of exception. */
final class Folders {
  private Folders() {}

  static Path make(Path folder) {
    try {
      return Files.createDirectories(folder);
    } catch (IOException e) {
      throw new LabException("cannot make the folder " + folder + ": " + e.getMessage(), e);
    }
  }

  static void write(Path file, String text) {
    try {
      Files.writeString(file, text);
    } catch (IOException e) {
      throw new LabException("cannot write " + file + ": " + e.getMessage(), e);
    }
  }

  /** Puts a new file in the place of another, whose hard links keep what they had. */
  static void replace(Path file, String text) {
    Path changed = file.resolveSibling(file.getFileName() + ".new");
    write(changed, text);
    try {
      Files.move(changed, file, StandardCopyOption.ATOMIC_MOVE);
    } catch (IOException e) {
      throw new LabException("cannot replace " + file, e);
    }
  }

  /** Moves a file. */
  static void move(Path file, Path place) {
    try {
      Files.move(file, place, StandardCopyOption.REPLACE_EXISTING);
    } catch (IOException e) {
      throw new LabException("cannot move " + file + " to " + place, e);
    }
  }

  /** The process id in a file; none while whoever writes it has made the file only. */
  static Optional<Long> readProcess(Path file) {
    return read(file).filter(text -> text.matches("\\d{1,10}")).map(Long::parseLong);
  }

  /** The text of the file without the white space around it; empty when there is no such file. */
  static Optional<String> read(Path file) {
    try {
      return Optional.of(Files.readString(file).strip());
    } catch (IOException e) {
      return Optional.empty();
    }
  }

  /** Removes the folder and what is in it, stopping at mounts. */
  static void remove(Path folder) {
    Execution.local("rm", "-rf", "--one-file-system", folder.toString()).run().orThrow();
  }
}
