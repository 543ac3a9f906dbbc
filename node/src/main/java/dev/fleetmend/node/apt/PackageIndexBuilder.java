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
  private static final int LONGEST_LINE = 4_096;

  private long[] keys = new long[8_192];
  private long[] values = new long[8_192];
  private int size;
  private final Map<String, Integer> numbers = new HashMap<>();
  private final List<String> words = new ArrayList<>();

  private final byte[] line = new byte[LONGEST_LINE];
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
    byte[] buffer = new byte[1 << 16];
    int length = 0;
    boolean atStart = true;
    boolean wanted = false;
    for (int count = list.read(buffer); count >= 0; count = list.read(buffer)) {
      for (int i = 0; i < count; i++) {
        byte next = buffer[i];
        if (next == '\n') {
          if (atStart) {
            endStanza();
          } else if (wanted) {
            field(length);
          }
          atStart = true;
          length = 0;
          continue;
        }
        if (atStart) {
          wanted = next == 'P' || next == 'V' || next == 'A' || next == 'S';
          atStart = false;
        }
        if (wanted && length < LONGEST_LINE) {
          line[length++] = next;
        }
      }
    }
    endStanza();
  }

  PackageIndex build() {
    Integer[] order = new Integer[size];
    Arrays.setAll(order, i -> i);
    Arrays.sort(order, (a, b) -> Long.compare(keys[a], keys[b]));
    long[] sortedKeys = new long[size];
    long[] sortedValues = new long[size];
    int unique = 0;
    for (int i : order) {
      if (unique == 0 || sortedKeys[unique - 1] != keys[i]) {
        sortedKeys[unique] = keys[i];
        sortedValues[unique++] = values[i];
      }
    }
    return new PackageIndex(
        Arrays.copyOf(sortedKeys, unique), Arrays.copyOf(sortedValues, unique), words);
  }

  private void field(int length) {
    if (starts("Package: ", length)) {
      name = rest("Package: ", length);
    } else if (starts("Version: ", length)) {
      version = rest("Version: ", length);
    } else if (starts("Architecture: ", length)) {
      arch = number(rest("Architecture: ", length), 0xFF);
    } else if (starts("Section: ", length)) {
      section = number(rest("Section: ", length), 0xFFFF);
    } else if (starts("Priority: ", length)) {
      priority = number(rest("Priority: ", length), 0xFF);
    } else if (starts("Size: ", length)) {
      bytes = decimal(rest("Size: ", length));
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

  private boolean starts(String prefix, int length) {
    if (length < prefix.length()) {
      return false;
    }
    for (int i = 0; i < prefix.length(); i++) {
      if (line[i] != prefix.charAt(i)) {
        return false;
      }
    }
    return true;
  }

  private String rest(String prefix, int length) {
    int from = prefix.length();
    return new String(line, from, length - from, StandardCharsets.UTF_8).strip();
  }

  /** The number of a word, that of the empty word where it would not fit. */
  private int number(String word, int highest) {
    int number =
        numbers.computeIfAbsent(
            word,
            w -> {
              words.add(w);
              return words.size() - 1;
            });
    return number > highest ? 0 : number;
  }

  private static long decimal(String digits) {
    try {
      return Math.max(0, Long.parseLong(digits));
    } catch (NumberFormatException e) {
      return 0;
    }
  }
}
