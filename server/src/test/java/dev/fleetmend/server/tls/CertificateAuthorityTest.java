package dev.fleetmend.server.tls;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.KeyStore;
import java.time.Clock;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLServerSocket;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.TrustManagerFactory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CertificateAuthorityTest {
  @TempDir Path folder;

  private ServerCertificate certificate(String... names) throws Exception {
    return new CertificateAuthority(folder, Clock.systemUTC()).certificateFor(List.of(names));
  }

  @Test
  void aClientThatTrustsTheAuthorityAcceptsTheServerByNameAndAddress() throws Exception {
    ServerCertificate certificate = certificate("localhost", "127.0.0.1");

    assertThat(handshake(certificate, "127.0.0.1")).isEqualTo("hello");
  }

  @Test
  void authorityAndPinStayFromStartToStart() throws Exception {
    ServerCertificate first = certificate("localhost");
    ServerCertificate second = certificate("patch.example", "10.0.0.1");

    assertThat(second.authority()).isEqualTo(first.authority());
    assertThat(second.keyPin()).isEqualTo(first.keyPin()).startsWith("sha256//");
    assertThat(Files.getPosixFilePermissions(folder.resolve("tls.p12")))
        .isEqualTo(PosixFilePermissions.fromString("rw-------"));
  }

  private static String handshake(ServerCertificate certificate, String name) throws Exception {
    KeyManagerFactory keys = KeyManagerFactory.getInstance("PKIX");
    keys.init(certificate.keyStore(), certificate.password().toCharArray());
    SSLContext server = SSLContext.getInstance("TLS");
    server.init(keys.getKeyManagers(), null, null);
    KeyStore trusted = KeyStore.getInstance("PKCS12");
    trusted.load(null, null);
    trusted.setCertificateEntry("ca", certificate.authority());
    TrustManagerFactory trust = TrustManagerFactory.getInstance("PKIX");
    trust.init(trusted);
    SSLContext client = SSLContext.getInstance("TLS");
    client.init(null, trust.getTrustManagers(), null);
    try (SSLServerSocket listener =
            (SSLServerSocket)
                server
                    .getServerSocketFactory()
                    .createServerSocket(0, 1, InetAddress.getLoopbackAddress());
        SSLSocket socket =
            (SSLSocket) client.getSocketFactory().createSocket(name, listener.getLocalPort())) {
      SSLParameters checked = socket.getSSLParameters();
      checked.setEndpointIdentificationAlgorithm("HTTPS");
      socket.setSSLParameters(checked);
      CompletableFuture<Void> answering =
          CompletableFuture.runAsync(
              () -> {
                try (var accepted = listener.accept()) {
                  accepted.getOutputStream().write("hello".getBytes(UTF_8));
                } catch (java.io.IOException e) {
                  throw new java.io.UncheckedIOException(e);
                }
              });
      String said = new String(socket.getInputStream().readAllBytes(), UTF_8);
      answering.join();
      return said;
    }
  }
}
