package dev.fleetmend.server.clients;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.io.BufferedInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * Sends requests that are ready to send, and costs as little as can be, so that what is measured is
 * the server. One connection, opened anew where the server closes it.
 */
final class PlainConnection implements AutoCloseable {
  private static final String LENGTH = "content-length: ";
  private final int port;
  private @Nullable Socket socket;
  private InputStream in = InputStream.nullInputStream();

  PlainConnection(int port) {
    this.port = port;
  }

  /** Sends a request with its head and body, and reads the answer wholly; gives its status. */
  int send(byte[] request) throws IOException {
    Socket open = socket;
    if (open == null) {
      open = new Socket(InetAddress.getLoopbackAddress(), port);
      open.setTcpNoDelay(true);
      socket = open;
      in = new BufferedInputStream(open.getInputStream());
    }
    open.getOutputStream().write(request);
    String status = line();
    int length = 0;
    boolean closes = status.startsWith("HTTP/1.0");
    for (String header = line(); !header.isEmpty(); header = line()) {
      String lower = header.toLowerCase(Locale.ROOT);
      if (lower.startsWith(LENGTH)) {
        length = Integer.parseInt(lower.substring(LENGTH.length()).strip());
      }
      closes |= lower.equals("connection: close");
    }
    in.skipNBytes(length);
    if (closes) {
      close();
    }
    return Integer.parseInt(status.split(" ", -1)[1]);
  }

  private String line() throws IOException {
    StringBuilder line = new StringBuilder();
    for (int next = in.read(); next != '\n'; next = in.read()) {
      if (next < 0) {
        throw new EOFException("the server closed the connection in the middle of an answer");
      }
      line.append((char) next);
    }
    return new String(line.toString().strip().getBytes(ISO_8859_1), ISO_8859_1);
  }

  @Override
  public void close() throws IOException {
    if (socket != null) {
      socket.close();
      socket = null;
    }
  }
}
