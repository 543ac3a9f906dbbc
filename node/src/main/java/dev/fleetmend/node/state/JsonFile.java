package dev.fleetmend.node.state;

import dev.fleetmend.protocol.json.MalformedJsonException;
import dev.fleetmend.protocol.json.Naming;
import dev.fleetmend.protocol.json.RecordJson;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/** One record in a file, as JSON in camel case, replaced as a whole. */
public final class JsonFile<T extends Record> {
  private final Path file;
  private final Class<T> type;
  private final RecordJson json = new RecordJson(Naming.CAMEL);

  public JsonFile(Path file, Class<T> type) {
    this.file = file;
    this.type = type;
  }

  /** Where it is. */
  public Path path() {
    return file;
  }

  /**
   * The record, or null where there is no file.
   *
   * @throws IOException when it can't be read, or holds something else; the message names the file
   */
  public @Nullable T read() throws IOException {
    try {
      return json.read(Files.readAllBytes(file), type);
    } catch (NoSuchFileException e) {
      return null;
    } catch (MalformedJsonException e) {
      throw new IOException(file + " is damaged: " + e.getMessage(), e);
    }
  }

  /** Puts the record in the file; it is on the disk when this returns. */
  public void write(T value) throws IOException {
    DurableFile.write(file, json.write(value));
  }

  /** Removes the file. */
  public void delete() throws IOException {
    DurableFile.delete(file);
  }
}
