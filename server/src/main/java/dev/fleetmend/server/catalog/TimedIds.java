package dev.fleetmend.server.catalog;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import org.roaringbitmap.RoaringBitmap;

/**
 * Ids, each with a time in epoch seconds, as bytes: the compressed set of the ids, then the times
 * in the ids' order, each as the zigzag varint of its distance from the one before.
 */
public final class TimedIds {
  private TimedIds() {}

  public static byte[] write(Map<Integer, Long> times) {
    SortedMap<Integer, Long> sorted = new TreeMap<>(times);
    RoaringBitmap ids = new RoaringBitmap();
    sorted.keySet().forEach(ids::add);
    ids.runOptimize();
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (DataOutputStream out = new DataOutputStream(bytes)) {
      ids.serialize(out);
      long before = 0;
      for (long time : sorted.values()) {
        writeVarint(out, time - before);
        before = time;
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return bytes.toByteArray();
  }

  public static SortedMap<Integer, Long> read(byte[] bytes) {
    SortedMap<Integer, Long> times = new TreeMap<>();
    RoaringBitmap ids = new RoaringBitmap();
    try (DataInputStream in = new DataInputStream(new ByteArrayInputStream(bytes))) {
      ids.deserialize(in);
      long before = 0;
      for (int id : ids) {
        before += readVarint(in);
        times.put(id, before);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return times;
  }

  private static void writeVarint(DataOutputStream out, long value) throws IOException {
    long rest = (value << 1) ^ (value >> 63);
    while ((rest & ~0x7FL) != 0) {
      out.writeByte((int) ((rest & 0x7F) | 0x80));
      rest >>>= 7;
    }
    out.writeByte((int) rest);
  }

  private static long readVarint(DataInputStream in) throws IOException {
    long value = 0;
    int shift = 0;
    int next;
    do {
      next = in.readUnsignedByte();
      value |= (long) (next & 0x7F) << shift;
      shift += 7;
    } while ((next & 0x80) != 0);
    return (value >>> 1) ^ -(value & 1);
  }
}
