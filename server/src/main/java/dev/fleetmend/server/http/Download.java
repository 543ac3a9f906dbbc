package dev.fleetmend.server.http;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * A file that the server gives away.
 *
 * @param contentType as {@code application/gzip}
 * @param length in bytes
 */
public record Download(String contentType, long length, Source source) {
  /** Opens the content; called at most once. */
  @FunctionalInterface
  public interface Source {
    InputStream open() throws IOException;
  }

  public static Download of(String contentType, byte[] content) {
    return new Download(contentType, content.length, () -> new ByteArrayInputStream(content));
  }

  /** A regular file's content as it is now. */
  public static Download of(String contentType, Path file) throws IOException {
    return new Download(contentType, Files.size(file), () -> Files.newInputStream(file));
  }
}
