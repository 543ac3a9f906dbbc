package dev.fleetmend.node.yum;

import dev.fleetmend.node.state.JsonFile;
import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/**
 * yum's records of transactions that did not come to their end, which yum-complete-transaction
 * carries on with. Ours must not be carried on with: what was killed is put in again, or taken
 * back, by ourselves.
 */
final class UnfinishedTransactions {
  private static final String ALL = "transaction-all.*";
  private static final String DONE = "transaction-done.*";

  /**
   * The file's content.
   *
   * @param files the records that were there before a transaction of ours
   */
  record Others(List<String> files) {
    Others {
      files = List.copyOf(files);
    }
  }

  private final Path folder;
  private final JsonFile<Others> others;

  /**
   * @param folder yum's, for what it remembers
   * @param state a folder of ours
   */
  UnfinishedTransactions(Path folder, Path state) {
    this.folder = folder;
    this.others = new JsonFile<>(state.resolve("unfinished-before.json"), Others.class);
  }

  /** Before a transaction of ours. */
  void begin() throws IOException {
    forgetOurs();
    others.write(new Others(files()));
  }

  /** After one, or after it was killed: removes what yum wrote of it. */
  void forgetOurs() throws IOException {
    Others before = others.read();
    if (before == null) {
      return;
    }
    for (String name : files()) {
      if (!before.files().contains(name)) {
        Files.deleteIfExists(folder.resolve(name));
      }
    }
    others.delete();
  }

  private List<String> files() throws IOException {
    if (!Files.isDirectory(folder)) {
      return List.of();
    }
    List<String> names = new ArrayList<>();
    for (String pattern : List.of(ALL, DONE)) {
      try (DirectoryStream<Path> found = Files.newDirectoryStream(folder, pattern)) {
        found.forEach(file -> names.add(file.getFileName().toString()));
      }
    }
    Collections.sort(names);
    return names;
  }
}
