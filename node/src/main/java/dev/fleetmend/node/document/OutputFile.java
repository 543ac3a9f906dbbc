package dev.fleetmend.node.document;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;

/** A step's output as replies carry it: shortened, and then saying so at its end. */
final class OutputFile {
  static final int STREAM_LIMIT = 24_000;
  static final int JOINED_LIMIT = 2_500;
  private static final String TRUNCATED = "--output truncated--";
  private static final String ERROR_MARK = "\n----------ERROR-------\n";

  private OutputFile() {}

  /** The file's text, at most {@link #STREAM_LIMIT} characters; empty where there is no file. */
  static String read(Path file) throws IOException {
    try (InputStream in = Files.newInputStream(file)) {
      return shorten(new String(in.readNBytes(4 * STREAM_LIMIT + 4), UTF_8), STREAM_LIMIT);
    } catch (NoSuchFileException e) {
      return "";
    }
  }

  /** Both streams in one text of at most {@link #JOINED_LIMIT} characters. */
  static String join(String out, String err) {
    return shorten(err.isEmpty() ? out : out + ERROR_MARK + err, JOINED_LIMIT);
  }

  private static String shorten(String text, int limit) {
    if (text.length() <= limit) {
      return text;
    }
    int end = limit - TRUNCATED.length();
    if (Character.isHighSurrogate(text.charAt(end - 1))) {
      end--;
    }
    return text.substring(0, end) + TRUNCATED;
  }
}
