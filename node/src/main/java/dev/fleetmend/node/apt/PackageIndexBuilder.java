package dev.fleetmend.node.apt;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Reads package lists into a {@link PackageIndex}, a buffer at a time: a full Debian list is 50 MB
 * and more than the agent's heap.
 */
final class PackageIndexBuilder {
  private static final int LONGEST_LINE = 1 << 16;
  private static final byte[] PACKAGE = field("Package");
  private static final byte[] VERSION = field("Version");
  private static final byte[] ARCHITECTURE = field("Architecture");
  private static final byte[] SECTION = field("Section");
  private static final byte[] PRIORITY = field("Priority");
  private static final byte[] SIZE = field("Size");

  private long[] keys = new long[8_192];
  private long[] values = new long[8_192];
  private int size;
  private final Map<String, Integer> numbers = new HashMap<>();
  private final List<String> words = new ArrayList<>();

  private final byte[] buffer = new byte[LONGEST_LINE];
  private String name = "";
  private String version = "";
  private int arch;
  private int section;
  private int priority;
  private long bytes;

  PackageIndexBuilder() {
    number("", 0);
  }

  /** Reads a list, in the format of {@code Packages} files, to its end. */
  void read(InputStream list) throws IOException {
    int end = 0;
    boolean inLongLine = false;
    for (int count = fill(list, end); count >= 0; count = fill(list, end)) {
      end += count;
      int start = 0;
      byte[] bytes = buffer;
      for (int at = end - count, stop = end; at < stop; at++) { // most of the time is spent here
        if (bytes[at] == '\n') {
          if (!inLongLine) {
            line(start, at);
          }
          inLongLine = false;
          start = at + 1;
        }
      }
      if (start == 0 && end == buffer.length) {
        inLongLine = true;
        start = end;
      }
      System.arraycopy(buffer, start, buffer, 0, end - start);
      end -= start;
    }
    if (!inLongLine) {
      line(0, end);
    }
    endStanza();
  }

  private int fill(InputStream list, int from) throws IOException {
    return list.read(buffer, from, buffer.length - from);
  }

  PackageIndex build() {
    long[] sorted = Arrays.copyOf(keys, size);
    Arrays.sort(sorted);
    int unique = 0;
    for (int i = 0; i < size; i++) {
      if (unique == 0 || sorted[unique - 1] != sorted[i]) {
        sorted[unique++] = sorted[i];
      }
    }
    long[] valuesOf = new long[unique];
    for (int i = size - 1; i >= 0; i--) { // of equal keys the first one counts
      valuesOf[Arrays.binarySearch(sorted, 0, unique, keys[i])] = values[i];
    }
    return new PackageIndex(Arrays.copyOf(sorted, unique), valuesOf, words);
  }

  private void line(int from, int to) {
    if (from == to) {
      endStanza();
      return;
    }
    switch (buffer[from]) {
      case 'P' -> {
        if (starts(PACKAGE, from, to)) {
          name = rest(PACKAGE, from, to);
        } else if (starts(PRIORITY, from, to)) {
          priority = number(rest(PRIORITY, from, to), 0xFF);
        }
      }
      case 'V' -> {
        if (starts(VERSION, from, to)) {
          version = rest(VERSION, from, to);
        }
      }
      case 'A' -> {
        if (starts(ARCHITECTURE, from, to)) {
          arch = number(rest(ARCHITECTURE, from, to), 0xFF);
        }
      }
      case 'S' -> {
        if (starts(SECTION, from, to)) {
          section = number(rest(SECTION, from, to), 0xFFFF);
        } else if (starts(SIZE, from, to)) {
          bytes = decimal(rest(SIZE, from, to));
        }
      }
      default -> {}
    }
  }

  private void endStanza() {
    if (!name.isEmpty() && !version.isEmpty()) {
      if (size == keys.length) {
        keys = Arrays.copyOf(keys, size * 2);
        values = Arrays.copyOf(values, size * 2);
      }
      keys[size] = PackageIndex.key(name, version);
      values[size++] =
          Math.min(bytes, 0xFFFFFFFFL) << 32 | (long) section << 16 | (long) priority << 8 | arch;
    }
    name = "";
    version = "";
    arch = 0;
    section = 0;
    priority = 0;
    bytes = 0;
  }

  private boolean starts(byte[] field, int from, int to) {
    return Arrays.equals(buffer, from, Math.min(from + field.length, to), field, 0, field.length);
  }

  private String rest(byte[] field, int from, int to) {
    int start = from + field.length;
    return new String(buffer, start, to - start, StandardCharsets.UTF_8).strip();
  }

  /** The number of a word, that of the empty word where it would not fit. */
  private int number(String word, int highest) {
    Integer known = numbers.get(word);
    if (known == null) {
      known = words.size();
      words.add(word);
      numbers.put(word, known);
    }
    return known > highest ? 0 : known;
  }

  private static byte[] field(String name) {
    return (name + ": ").getBytes(StandardCharsets.UTF_8);
  }

  private static long decimal(String digits) {
    try {
      return Math.max(0, Long.parseLong(digits));
    } catch (NumberFormatException e) {
      return 0;
    }
  }
}
