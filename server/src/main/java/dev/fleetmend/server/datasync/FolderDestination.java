package dev.fleetmend.server.datasync;

import dev.fleetmend.server.access.PrivateFiles;
import java.io.IOException;
import java.nio.file.Path;

/** A folder of this machine, below the one that the server was given for it. */
final class FolderDestination implements Destination {
  private final Path folder;

  FolderDestination(Path folder) {
    this.folder = folder.toAbsolutePath().normalize();
  }

  @Override
  public void put(String key, byte[] content) throws SyncFailedException {
    Path file = folder.resolve(key).normalize();
    Path parent = file.getParent();
    if (parent == null || !file.startsWith(folder)) {
      throw new SyncFailedException("the object " + key + " would lie outside of " + folder);
    }
    try {
      PrivateFiles.createFolder(parent);
      PrivateFiles.write(file, content);
    } catch (IOException e) {
      throw new SyncFailedException("cannot write " + file + ": " + e);
    }
  }

  @Override
  public void close() {}
}
