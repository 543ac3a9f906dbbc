package dev.fleetmend.server.http;

import dev.fleetmend.server.access.Authenticator;
import dev.fleetmend.server.operation.Operations;
import dev.fleetmend.server.tls.ServerCertificate;
import dev.fleetmend.server.tls.ServerTls;
import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.Executors;
import java.util.concurrent.LinkedBlockingQueue;
import org.eclipse.jetty.server.HttpConfiguration;
import org.eclipse.jetty.server.HttpConnectionFactory;
import org.eclipse.jetty.server.SecureRequestCustomizer;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;
import org.eclipse.jetty.server.SslConnectionFactory;
import org.eclipse.jetty.util.ssl.SslContextFactory;
import org.eclipse.jetty.util.thread.QueuedThreadPool;
import org.jspecify.annotations.Nullable;

/** The listener: Jetty, each request on a virtual thread, polls parked without one. */
public final class HttpServer implements AutoCloseable {
  private static final int THREADS = 32;
  private static final int SELECTORS = 2;
  private static final int ACCEPT_QUEUE = 4_096;
  private static final Duration IDLE = Duration.ofMinutes(2);
  private static final int HEADERS = 32 << 10;

  private final Server jetty;
  private final ServerConnector connector;

  private HttpServer(Server jetty, ServerConnector connector) {
    this.jetty = jetty;
    this.connector = connector;
  }

  /**
   * Makes a listener, which {@link #start} opens.
   *
   * @param secure for TLS, or null for plain HTTP
   */
  public static HttpServer create(
      String bind, int port, @Nullable ServerTls secure, FrontDoor door) {
    // Jetty's own queue asks for all of the JVM's management beans, a tenth of a start's time.
    QueuedThreadPool threads =
        new QueuedThreadPool(THREADS, 4, (int) IDLE.toMillis(), new LinkedBlockingQueue<>());
    threads.setName("http");
    threads.setVirtualThreadsExecutor(
        Executors.newThreadPerTaskExecutor(Thread.ofVirtual().name("http-", 0).factory()));
    Server jetty = new Server(threads);
    HttpConfiguration http = new HttpConfiguration();
    http.setSendServerVersion(false);
    http.setRequestHeaderSize(HEADERS);
    // Jetty would remember each connection's headers in 100 KB of its own, with every parked poll.
    http.setHeaderCacheSize(0);
    HttpConnectionFactory plain = new HttpConnectionFactory(http);
    ServerConnector connector;
    if (secure == null) {
      connector = new ServerConnector(jetty, 1, SELECTORS, plain);
    } else {
      http.addCustomizer(new SecureRequestCustomizer(false));
      connector =
          new ServerConnector(
              jetty,
              1,
              SELECTORS,
              new SslConnectionFactory(tls(secure), plain.getProtocol()),
              plain);
    }
    connector.setHost(bind);
    connector.setPort(port);
    connector.setAcceptQueueSize(ACCEPT_QUEUE);
    connector.setIdleTimeout(IDLE.toMillis());
    jetty.addConnector(connector);
    jetty.setErrorHandler(new PlainErrors());
    jetty.setHandler(
        new FrontHandler(
            new ApiHandler(door.operations(), door.authenticator(), door.dispatcher(), door.hold()),
            new QueryHandler(door.authenticator(), door.dispatcher()),
            new ControlChannelHandler(
                jetty,
                door.authenticator(),
                door.channels(),
                door.dispatcher().failures(),
                door.dispatcher().refusals(),
                Thread::startVirtualThread),
            new PostHandler(door.dispatcher().failures()),
            door.routes()));
    return new HttpServer(jetty, connector);
  }

  /**
   * What stands behind the listener.
   *
   * @param hold how long an agent that polls waits for an error, lest it hammers
   */
  public record FrontDoor(
      Operations operations,
      Authenticator authenticator,
      Dispatcher dispatcher,
      Routes routes,
      ControlChannels channels,
      Duration hold) {}

  private static SslContextFactory.Server tls(ServerTls secure) {
    SslContextFactory.Server tls = new SslContextFactory.Server();
    use(tls, secure.certificate());
    tls.setIncludeProtocols("TLSv1.2", "TLSv1.3");
    secure.whenRenewed(
        certificate -> {
          try {
            tls.reload(factory -> use(tls, certificate));
          } catch (Exception e) {
            throw new IllegalStateException("the listener cannot use its new certificate", e);
          }
        });
    return tls;
  }

  private static void use(SslContextFactory.Server tls, ServerCertificate certificate) {
    tls.setKeyStore(certificate.keyStore());
    tls.setKeyStorePassword(certificate.password());
  }

  /**
   * Opens the port.
   *
   * @throws IOException where it can't, as when another listens there
   */
  public void start() throws IOException {
    try {
      jetty.start();
    } catch (IOException e) {
      throw e;
    } catch (Exception e) {
      throw new IOException("the HTTP listener could not start: " + e.getMessage(), e);
    }
  }

  /** The TCP port that it listens on. */
  public int port() {
    return connector.getLocalPort();
  }

  @Override
  public void close() {
    try {
      jetty.stop();
    } catch (Exception e) {
      throw new IllegalStateException("the HTTP listener could not be stopped", e);
    }
  }
}
