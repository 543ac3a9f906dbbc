package dev.fleetmend.lab;

import com.sun.net.httpserver.HttpServer;
import com.sun.net.httpserver.SimpleFileServer;
import java.net.InetAddress;
import java.net.InetSocketAddress;

/** Serves a lab's archives by http, from this JVM, to its hosts only. */
public final class ArchiveServer implements AutoCloseable {
  private final HttpServer server;
  private final Forward forward;

  private ArchiveServer(HttpServer server, Forward forward) {
    this.server = server;
    this.forward = forward;
  }

  static ArchiveServer open(Lab lab, int labPort) {
    HttpServer server =
        SimpleFileServer.createFileServer(
            new InetSocketAddress(InetAddress.getLoopbackAddress(), 0),
            lab.archives(),
            SimpleFileServer.OutputLevel.NONE);
    server.start();
    return new ArchiveServer(server, lab.forward(labPort, server.getAddress().getPort()));
  }

  /** The address of the archives' folder, for sources.list. */
  public String url() {
    return "http://" + forward.address();
  }

  @Override
  public void close() {
    forward.close();
    server.stop(0);
  }
}
