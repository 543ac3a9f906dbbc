package dev.fleetmend.node.apt;

import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What the archives' lists say of every version they offer, kept small: some 60,000 versions in
 * about 1 MB. A version is known by a 64-bit hash of its name and text.
 */
final class PackageIndex {
  /**
   * @param bytes the package file's size
   */
  record Entry(String arch, String section, String priority, long bytes) {}

  static final PackageIndex EMPTY = new PackageIndex(new long[0], new long[0], List.of());

  private final long[] keys;
  private final long[] values;
  private final List<String> words;

  /**
   * @param keys sorted
   * @param values of each key: bytes in 32 bits, section in 16, priority and arch in 8 each
   * @param words that sections, priorities and archs are numbers of
   */
  PackageIndex(long[] keys, long[] values, List<String> words) {
    this.keys = keys;
    this.values = values;
    this.words = List.copyOf(words);
  }

  @Nullable Entry find(String name, String version) {
    int at = Arrays.binarySearch(keys, key(name, version));
    if (at < 0) {
      return null;
    }
    long value = values[at];
    return new Entry(
        words.get((int) (value & 0xFF)),
        words.get((int) (value >>> 16 & 0xFFFF)),
        words.get((int) (value >>> 8 & 0xFF)),
        value >>> 32);
  }

  int size() {
    return keys.length;
  }

  /** FNV-1a over both texts and a byte between them. */
  static long key(String name, String version) {
    long hash = 0xcbf29ce484222325L;
    for (int i = 0; i < name.length(); i++) {
      hash = (hash ^ name.charAt(i)) * 0x100000001b3L;
    }
    hash = (hash ^ '\n') * 0x100000001b3L;
    for (int i = 0; i < version.length(); i++) {
      hash = (hash ^ version.charAt(i)) * 0x100000001b3L;
    }
    return hash;
  }
}
