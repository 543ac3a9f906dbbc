package dev.fleetmend.node.apt;

import dev.fleetmend.node.program.Programs;
import java.io.BufferedInputStream;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.zip.GZIPInputStream;

/** Takes the changelog out of a package file. */
final class DebChangelog {
  private static final Pattern CHANGELOG =
      Pattern.compile("\\./usr/share/doc/[^/]+/changelog(?:\\.Debian)?(?:\\.gz)?");
  private static final int BLOCK = 512;
  private static final long MOST_PACKED = 8L << 20;
  private static final int MOST_TEXT = 512 << 10;

  private final Programs programs = new Programs(Map.of());

  /** The newest part of the changelog, empty where the file has none. */
  Optional<String> read(Path deb) throws IOException {
    Process tar = programs.stream(List.of("dpkg-deb", "--fsys-tarfile", deb.toString()));
    try (InputStream stream = new BufferedInputStream(tar.getInputStream(), 1 << 16)) {
      return find(stream);
    } finally {
      tar.destroy();
    }
  }

  private static Optional<String> find(InputStream tar) throws IOException {
    String longName = "";
    String found = "";
    for (byte[] header = tar.readNBytes(BLOCK);
        header.length == BLOCK && header[0] != 0;
        header = tar.readNBytes(BLOCK)) {
      long size = octal(header, 124, 12);
      long padded = (size + BLOCK - 1) / BLOCK * BLOCK;
      char type = (char) header[156];
      String name = longName.isEmpty() ? name(header) : longName;
      longName = "";
      if (type == 'L' && size < BLOCK * 8) {
        longName = text(tar.readNBytes((int) padded));
      } else if (regular(type) && size < MOST_PACKED && CHANGELOG.matcher(name).matches()) {
        byte[] packed = tar.readNBytes((int) padded);
        found = unpack(new ByteArrayInputStream(packed, 0, (int) size), name.endsWith(".gz"));
        if (name.contains(".Debian")) {
          return Optional.of(found);
        }
      } else {
        tar.skipNBytes(padded);
      }
    }
    return found.isEmpty() ? Optional.empty() : Optional.of(found);
  }

  private static boolean regular(char type) {
    return type == '0' || type == 0;
  }

  private static String unpack(InputStream file, boolean packed) throws IOException {
    try (InputStream in = packed ? new GZIPInputStream(file) : file) {
      return new String(in.readNBytes(MOST_TEXT), StandardCharsets.UTF_8);
    }
  }

  private static String name(byte[] header) {
    byte[] name = new byte[100];
    System.arraycopy(header, 0, name, 0, name.length);
    return text(name);
  }

  private static String text(byte[] padded) {
    int end = 0;
    while (end < padded.length && padded[end] != 0) {
      end++;
    }
    return new String(padded, 0, end, StandardCharsets.UTF_8);
  }

  private static long octal(byte[] header, int from, int length) throws IOException {
    long value = 0;
    for (int i = from; i < from + length && header[i] != 0; i++) {
      if (header[i] >= '0' && header[i] <= '7') {
        value = value * 8 + header[i] - '0';
      } else if (header[i] != ' ') {
        throw new IOException("not a tar file");
      }
    }
    return value;
  }
}
