package dev.fleetmend.server.catalog;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import org.roaringbitmap.RoaringBitmap;

/** Sets of ids as bytes. */
public final class IdSets {
  private IdSets() {}

  public static byte[] write(Collection<Integer> ids) {
    RoaringBitmap bitmap = new RoaringBitmap();
    ids.forEach(bitmap::add);
    bitmap.runOptimize();
    ByteBuffer bytes = ByteBuffer.allocate(bitmap.serializedSizeInBytes());
    bitmap.serialize(bytes);
    return bytes.array();
  }

  /** The ids, ascending. */
  public static List<Integer> read(byte[] bytes) {
    RoaringBitmap bitmap = new RoaringBitmap();
    try {
      bitmap.deserialize(ByteBuffer.wrap(bytes));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    List<Integer> ids = new ArrayList<>(bitmap.getCardinality());
    bitmap.forEach((int id) -> ids.add(id));
    return ids;
  }
}
