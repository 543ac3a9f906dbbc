package dev.fleetmend.server.tls;

import java.io.IOException;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Looks every few minutes whether a server's certificate is to be made anew. */
public final class CertificateRenewal implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(CertificateRenewal.class);
  private static final long MINUTES = 5;

  private final ScheduledExecutorService timer =
      Executors.newSingleThreadScheduledExecutor(
          Thread.ofPlatform().daemon().name("certificate").factory());
  private final ServerTls tls;

  private CertificateRenewal(ServerTls tls) {
    this.tls = tls;
  }

  /** Begins to look. */
  public static CertificateRenewal start(ServerTls tls) {
    CertificateRenewal renewal = new CertificateRenewal(tls);
    var _ = renewal.timer.scheduleWithFixedDelay(renewal::look, MINUTES, MINUTES, TimeUnit.MINUTES);
    return renewal;
  }

  private void look() {
    try {
      tls.renewIfDue();
    } catch (IOException | RuntimeException e) {
      LOG.warn("the server's certificate could not be made anew; the old one stays", e);
    }
  }

  @Override
  public void close() {
    timer.shutdownNow();
  }
}
