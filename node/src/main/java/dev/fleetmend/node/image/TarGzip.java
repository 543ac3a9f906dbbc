package dev.fleetmend.node.image;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.security.DigestOutputStream;
import java.security.MessageDigest;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;
import java.util.zip.GZIPOutputStream;

/**
 * Packs a folder as tar.gz (POSIX.1-1988 ustar, RFC 1952) that depends on nothing but its content:
 * entries by name, every time {@link #TIME}, every owner root, mode 0755 or 0644.
 */
final class TarGzip {
  /** 2026-01-01T00:00:00Z in epoch seconds. */
  static final long TIME = 1_767_225_600L;

  private static final int BLOCK = 512;
  private static final int LONGEST_NAME = 100;
  private static final int CHECKSUM = 148;
  private static final int CHECKSUM_LENGTH = 8;

  private final OutputStream out;

  private TarGzip(OutputStream out) {
    this.out = out;
  }

  /** Packs what is in a folder and gives the archive's SHA-256 in hex. */
  static String pack(Path folder, Path archive) throws IOException {
    MessageDigest digest = Hashes.sha256();
    List<Path> entries;
    try (Stream<Path> found = Files.walk(folder)) {
      entries = found.filter(each -> !each.equals(folder)).sorted().toList();
    }
    try (OutputStream file = new BufferedOutputStream(Files.newOutputStream(archive));
        OutputStream out =
            new GZIPOutputStream(new DigestOutputStream(file, digest), 1 << 16, false)) {
      TarGzip tar = new TarGzip(out);
      for (Path entry : entries) {
        tar.add(folder, entry);
      }
      out.write(new byte[2 * BLOCK]);
    }
    return HexFormat.of().formatHex(digest.digest());
  }

  private void add(Path folder, Path entry) throws IOException {
    String name = folder.relativize(entry).toString();
    if (Files.isSymbolicLink(entry)) {
      out.write(header(name, 0777, 0, '2', Files.readSymbolicLink(entry).toString()));
    } else if (Files.isDirectory(entry, LinkOption.NOFOLLOW_LINKS)) {
      out.write(header(name + "/", 0755, 0, '5', ""));
    } else {
      long size = Files.size(entry);
      out.write(header(name, Files.isExecutable(entry) ? 0755 : 0644, size, '0', ""));
      long copied = Files.copy(entry, out);
      if (copied != size) {
        throw new IOException(entry + " changed while it was packed");
      }
      out.write(new byte[(int) ((BLOCK - size % BLOCK) % BLOCK)]);
    }
  }

  private static byte[] header(String name, int mode, long size, char type, String target)
      throws IOException {
    if (name.length() > LONGEST_NAME || target.length() > LONGEST_NAME) {
      throw new IOException("a name is too long for the archive: " + name);
    }
    byte[] block = new byte[BLOCK];
    text(block, 0, name);
    text(block, 100, octal(7, mode));
    text(block, 108, octal(7, 0));
    text(block, 116, octal(7, 0));
    text(block, 124, octal(11, size));
    text(block, 136, octal(11, TIME));
    text(block, CHECKSUM, " ".repeat(CHECKSUM_LENGTH));
    block[156] = (byte) type;
    text(block, 157, target);
    text(block, 257, "ustar\0" + "00");
    text(block, 265, "root");
    text(block, 297, "root");
    int sum = 0;
    for (byte each : block) {
      sum += each & 0xff;
    }
    text(block, CHECKSUM, octal(6, sum) + "\0 ");
    return block;
  }

  private static String octal(int digits, long number) {
    return String.format(Locale.ROOT, "%0" + digits + "o", number);
  }

  private static void text(byte[] block, int at, String text) {
    byte[] bytes = text.getBytes(US_ASCII);
    System.arraycopy(bytes, 0, block, at, bytes.length);
  }
}
