package dev.fleetmend.server.datasync;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.fleetmend.protocol.sign.Authorization;
import dev.fleetmend.protocol.sign.Digests;
import dev.fleetmend.protocol.sign.SignableRequest;
import dev.fleetmend.protocol.sign.SignatureCheck;
import dev.fleetmend.protocol.sign.SignatureRefusedException;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URLDecoder;
import java.time.Clock;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.atomic.AtomicInteger;

/** An S3-compatible endpoint on loopback: it keeps what is put with a good signature. */
final class BucketStandIn implements AutoCloseable {
  static final String KEY = "BUCKETKEY";
  static final String SECRET = "bucket-secret";

  final Map<String, String> objects = new ConcurrentSkipListMap<>();
  final AtomicInteger puts = new AtomicInteger();
  private final HttpServer http;
  private final SignatureCheck signatures;
  private volatile boolean refusing;

  BucketStandIn(Clock clock) throws IOException {
    signatures = new SignatureCheck("eu-central-1", "s3", clock);
    http = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    http.createContext("/", this::handle);
    http.start();
  }

  String endpoint() {
    return "http://127.0.0.1:" + http.getAddress().getPort();
  }

  void refuse(boolean refuse) {
    refusing = refuse;
  }

  private void handle(HttpExchange exchange) throws IOException {
    byte[] body = exchange.getRequestBody().readAllBytes();
    puts.incrementAndGet();
    String problem = refusing ? "SlowDown" : problem(exchange, body);
    if (problem.isEmpty()) {
      objects.put(
          URLDecoder.decode(exchange.getRequestURI().getRawPath(), UTF_8), new String(body, UTF_8));
    }
    byte[] answer =
        problem.isEmpty()
            ? new byte[0]
            : ("<Error><Code>" + problem + "</Code></Error>").getBytes(UTF_8);
    exchange.sendResponseHeaders(problem.isEmpty() ? 200 : 403, answer.length);
    exchange.getResponseBody().write(answer);
    exchange.close();
  }

  private String problem(HttpExchange exchange, byte[] body) {
    Map<String, List<String>> headers = new HashMap<>();
    exchange
        .getRequestHeaders()
        .forEach((name, values) -> headers.put(name.toLowerCase(Locale.ROOT), values));
    SignableRequest request =
        new SignableRequest(
            exchange.getRequestMethod(),
            exchange.getRequestURI().getRawPath(),
            exchange.getRequestURI().getRawQuery(),
            headers,
            Digests.sha256Hex(body));
    try {
      Authorization authorization = Authorization.parse(request.header("authorization"));
      if (!authorization.accessKeyId().equals(KEY)
          || !authorization.signedHeaders().contains("x-amz-content-sha256")) {
        return "InvalidAccessKeyId";
      }
      signatures.verify(request, authorization, SECRET);
      return exchange.getRequestMethod().equals("PUT") ? "" : "MethodNotAllowed";
    } catch (SignatureRefusedException e) {
      return "SignatureDoesNotMatch";
    }
  }

  @Override
  public void close() {
    http.stop(0);
  }
}
