package dev.fleetmend.node.http;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.Certificate;
import java.security.cert.CertificateFactory;
import javax.net.ssl.HttpsURLConnection;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSocketFactory;
import javax.net.ssl.TrustManagerFactory;

/** TLS that trusts the certificate authorities of one PEM file and no other. */
public final class PinnedTls {
  private PinnedTls() {}

  /**
   * As {@link #trusting}, and has nothing else trusted in this process. A connection looks for the
   * process's default before it is told what to trust, and that would be 150 authorities of the
   * JDK, read and kept for nothing.
   */
  public static SSLSocketFactory forThisProcess(Path pem) throws IOException {
    SSLSocketFactory pinned = trusting(pem);
    HttpsURLConnection.setDefaultSSLSocketFactory(pinned);
    return pinned;
  }

  /**
   * Reads the file.
   *
   * @throws IOException when it can't be read or holds no certificate
   */
  public static SSLSocketFactory trusting(Path pem) throws IOException {
    try (InputStream in = Files.newInputStream(pem)) {
      KeyStore trusted = KeyStore.getInstance(KeyStore.getDefaultType());
      trusted.load(null, null);
      int count = 0;
      for (Certificate ca : CertificateFactory.getInstance("X.509").generateCertificates(in)) {
        trusted.setCertificateEntry("ca" + count++, ca);
      }
      if (count == 0) {
        throw new IOException(pem + " holds no certificate");
      }
      TrustManagerFactory managers =
          TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
      managers.init(trusted);
      SSLContext context = SSLContext.getInstance("TLS");
      context.init(null, managers.getTrustManagers(), null);
      return context.getSocketFactory();
    } catch (GeneralSecurityException e) {
      throw new IOException(pem + " cannot be used: " + e.getMessage(), e);
    }
  }
}
