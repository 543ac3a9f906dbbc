package dev.fleetmend.server.tls;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fleetmend.server.SettableClock;
import java.nio.file.Path;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ServerTlsTest {
  @TempDir Path folder;

  private final SettableClock clock = new SettableClock(Instant.parse("2026-11-02T10:00:00Z"));
  private final List<String> names = new ArrayList<>(List.of("localhost", "10.0.0.1"));

  @Test
  void aCertificateIsMadeAnewForOtherNamesAndBeforeItEndsWithTheSameKey() throws Exception {
    ServerTls tls = ServerTls.open(folder, () -> names, clock);
    ServerCertificate first = tls.certificate();
    AtomicInteger told = new AtomicInteger();
    tls.whenRenewed(certificate -> told.incrementAndGet());

    tls.renewIfDue();
    assertThat(tls.certificate()).isSameAs(first);

    names.add("patch.example");
    tls.renewIfDue();
    ServerCertificate second = tls.certificate();
    assertThat(shown(second).getSubjectAlternativeNames())
        .extracting(name -> String.valueOf(name.get(1)))
        .containsExactly("localhost", "10.0.0.1", "patch.example");

    clock.advance(Duration.between(clock.instant(), second.expiresAt()).minusDays(30));
    tls.renewIfDue();
    ServerCertificate third = tls.certificate();
    assertThat(third.expiresAt()).isAfter(second.expiresAt());
    assertThat(told).hasValue(2);

    assertThat(List.of(second.keyPin(), third.keyPin())).containsOnly(first.keyPin());
    shown(third).verify(first.authority().getPublicKey());
  }

  @Test
  void strictClientsFindTheIdentifiersThatTheyAskFor() throws Exception {
    ServerCertificate certificate = ServerTls.open(folder, () -> names, clock).certificate();
    // RFC 5280: authority key identifier (2.5.29.35) below subject key identifier (2.5.29.14)
    assertThat(certificate.authority().getExtensionValue("2.5.29.14")).isNotNull();
    assertThat(shown(certificate).getExtensionValue("2.5.29.35")).isNotNull();
  }

  private static X509Certificate shown(ServerCertificate certificate) throws Exception {
    return (X509Certificate) certificate.keyStore().getCertificate("server");
  }
}
