package dev.fleetmend.node.journal;

import dev.fleetmend.protocol.json.MalformedJsonException;
import dev.fleetmend.protocol.json.Naming;
import dev.fleetmend.protocol.json.RecordJson;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.zip.CRC32;
import org.jspecify.annotations.Nullable;

/**
 * The file of a transaction: lines of eight hex digits (CRC-32 of the rest), a space and JSON. A
 * last line that is torn was never acted upon, and is passed over; one torn in the middle means
 * that the file is damaged.
 */
final class JournalFile {
  private static final int CHECKSUM = 8;

  /** The whole records, and how long they are together. */
  private record Content(List<Entry> entries, long length) {}

  private final RecordJson json = new RecordJson(Naming.CAMEL);
  private final Path file;

  JournalFile(Path file) {
    this.file = file;
  }

  /**
   * All whole records.
   *
   * @throws IOException when the file cannot be read or is damaged
   */
  List<Entry> read() throws IOException {
    return content().entries();
  }

  /** Writes a record behind the whole ones, and returns when it is on the disk. */
  void append(Entry entry) throws IOException {
    byte[] record = json.write(entry);
    ByteArrayOutputStream line = new ByteArrayOutputStream(record.length + CHECKSUM + 2);
    line.writeBytes((checksum(record, 0) + " ").getBytes(StandardCharsets.US_ASCII));
    line.writeBytes(record);
    line.write('\n');
    long whole = Files.exists(file) ? content().length() : 0;
    try (FileChannel channel =
        FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.WRITE)) {
      channel.truncate(whole);
      channel.position(whole);
      ByteBuffer bytes = ByteBuffer.wrap(line.toByteArray());
      while (bytes.hasRemaining()) {
        channel.write(bytes);
      }
      channel.force(true);
    }
  }

  private Content content() throws IOException {
    List<Entry> entries = new ArrayList<>();
    byte[] all = Files.readAllBytes(file);
    int start = 0;
    while (start < all.length) {
      int end = endOfLine(all, start);
      Entry entry = end < all.length ? parse(Arrays.copyOfRange(all, start, end)) : null;
      if (entry == null) {
        if (end + 1 < all.length) {
          throw new IOException("damaged journal: " + file + " at byte " + start);
        }
        break;
      }
      entries.add(entry);
      start = end + 1;
    }
    return new Content(entries, start);
  }

  private static int endOfLine(byte[] all, int start) {
    int end = start;
    while (end < all.length && all[end] != '\n') {
      end++;
    }
    return end;
  }

  private @Nullable Entry parse(byte[] line) {
    if (line.length <= CHECKSUM + 1) {
      return null;
    }
    String expected = new String(line, 0, CHECKSUM, StandardCharsets.US_ASCII);
    if (!expected.equals(checksum(line, CHECKSUM + 1))) {
      return null;
    }
    try {
      return json.read(Arrays.copyOfRange(line, CHECKSUM + 1, line.length), Entry.class);
    } catch (MalformedJsonException e) {
      return null;
    }
  }

  private static String checksum(byte[] bytes, int from) {
    CRC32 crc = new CRC32();
    crc.update(bytes, from, bytes.length - from);
    return String.format(Locale.ROOT, "%08x", crc.getValue());
  }
}
