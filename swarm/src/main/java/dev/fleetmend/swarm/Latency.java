package dev.fleetmend.swarm;

import java.util.Arrays;
import java.util.function.Consumer;
import java.util.function.Supplier;

/** One client that calls the same operation over and over, one call after the other. */
final class Latency {
  private static final int WARM_UP = 300;
  private static final int COUNTED = 1_000;

  private Latency() {}

  /**
   * Measures and describes an operation; the first calls are not counted.
   *
   * @param after takes back what a call did, outside the time that counts
   */
  static String of(String name, Supplier<byte[]> call, Consumer<byte[]> after) {
    for (int i = 0; i < WARM_UP; i++) {
      after.accept(call.get());
    }
    long[] micros = new long[COUNTED];
    for (int i = 0; i < COUNTED; i++) {
      long start = System.nanoTime();
      byte[] answer = call.get();
      micros[i] = (System.nanoTime() - start) / 1_000;
      after.accept(answer);
    }
    Arrays.sort(micros);
    return String.format(
        "%s: median %.2f ms, p99 %.2f ms",
        name, micros[COUNTED / 2] / 1e3, micros[COUNTED * 99 / 100] / 1e3);
  }
}
