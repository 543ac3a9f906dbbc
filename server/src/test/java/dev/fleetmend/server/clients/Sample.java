package dev.fleetmend.server.clients;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;

/**
 * Calls that were timed.
 *
 * @param nanos of each call
 * @param elapsed nanoseconds from the first call to the last answer
 */
record Sample(List<Long> nanos, long elapsed) {
  static final Sample NONE = new Sample(List.of(), 0);

  Sample {
    nanos = List.copyOf(nanos);
  }

  /** Times so many calls, shared out among clients. */
  static Sample of(ApiScript script, String operation, int clients, int calls) throws Exception {
    List<Callable<List<Long>>> shares = new ArrayList<>();
    for (int i = 0; i < clients; i++) {
      List<byte[]> requests =
          IntStream.range(0, calls / clients).mapToObj(n -> script.request(operation)).toList();
      shares.add(() -> times(script.port(), requests));
    }
    List<Long> nanos = new ArrayList<>();
    try (ExecutorService executor = Executors.newFixedThreadPool(clients)) {
      long start = System.nanoTime();
      for (Future<List<Long>> share : executor.invokeAll(shares)) {
        nanos.addAll(share.get());
      }
      return new Sample(nanos, System.nanoTime() - start);
    }
  }

  private static List<Long> times(int port, List<byte[]> requests) throws IOException {
    List<Long> nanos = new ArrayList<>();
    try (PlainConnection connection = new PlainConnection(port)) {
      for (byte[] request : requests) {
        long start = System.nanoTime();
        int status = connection.send(request);
        nanos.add(System.nanoTime() - start);
        assertThat(status).isEqualTo(200);
      }
    }
    return nanos;
  }

  Sample and(Sample more) {
    List<Long> all = new ArrayList<>(nanos);
    all.addAll(more.nanos);
    return new Sample(all, elapsed + more.elapsed);
  }

  double aSecond() {
    return nanos.size() / (elapsed / 1e9);
  }

  @Override
  public String toString() {
    List<Long> sorted = nanos.stream().sorted().toList();
    return "median %.2f ms, p99 %.2f ms, %.0f calls/s"
        .formatted(
            sorted.get(sorted.size() / 2) / 1e6,
            sorted.get(sorted.size() * 99 / 100) / 1e6,
            aSecond());
  }
}
