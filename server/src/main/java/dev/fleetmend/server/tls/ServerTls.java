package dev.fleetmend.server.tls;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;

/**
 * The certificate that the server shows now. It is made anew when the names it is reached by have
 * changed, and well before it ends; authority and key stay, and so do pins.
 */
public final class ServerTls {
  private static final Duration BEFORE_THE_END = Duration.ofDays(60);

  private final CertificateAuthority authority;
  private final Names names;
  private final Clock clock;
  private final List<Consumer<ServerCertificate>> listeners = new ArrayList<>();
  private ServerCertificate certificate;

  /** The names and addresses by which clients reach the server now. */
  @FunctionalInterface
  public interface Names {
    List<String> now() throws IOException;
  }

  private ServerTls(
      CertificateAuthority authority, Names names, Clock clock, ServerCertificate certificate) {
    this.authority = authority;
    this.names = names;
    this.clock = clock;
    this.certificate = certificate;
  }

  /** With the authority of a data folder, which is made there the first time. */
  public static ServerTls open(Path dataFolder, Names names, Clock clock) throws IOException {
    CertificateAuthority authority = new CertificateAuthority(dataFolder, clock);
    return new ServerTls(authority, names, clock, authority.certificateFor(names.now()));
  }

  public synchronized ServerCertificate certificate() {
    return certificate;
  }

  /** Has somebody told when there is another certificate. */
  public synchronized void whenRenewed(Consumer<ServerCertificate> listener) {
    listeners.add(listener);
  }

  /** Makes the certificate anew if that is due; to be called every now and then. */
  public synchronized void renewIfDue() throws IOException {
    List<String> wanted = names.now();
    boolean sameNames = Set.copyOf(certificate.names()).equals(new HashSet<>(wanted));
    boolean fresh = clock.instant().isBefore(certificate.expiresAt().minus(BEFORE_THE_END));
    if (!sameNames || !fresh) {
      certificate = authority.certificateFor(wanted);
      listeners.forEach(listener -> listener.accept(certificate));
    }
  }
}
