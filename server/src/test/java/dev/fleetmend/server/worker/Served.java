package dev.fleetmend.server.worker;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;

/** Texts at addresses of this machine's loopback, as a user would serve override lists. */
final class Served implements AutoCloseable {
  private final HttpServer http;

  Served() throws IOException {
    http = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    http.start();
  }

  /** Serves a text, and gives its address. */
  String at(String path, String text) {
    byte[] bytes = text.getBytes(UTF_8);
    http.createContext(
        path,
        exchange -> {
          exchange.sendResponseHeaders(200, bytes.length);
          exchange.getResponseBody().write(bytes);
          exchange.close();
        });
    return "http://127.0.0.1:" + http.getAddress().getPort() + path;
  }

  @Override
  public void close() {
    http.stop(0);
  }
}
