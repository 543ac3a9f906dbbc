package dev.fleetmend.node.http;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** The authorities that the host's own programs trust; Java's are others. */
public final class HostTrust {
  private static final List<String> BUNDLES =
      List.of(
          "/etc/ssl/certs/ca-certificates.crt",
          "/etc/pki/tls/certs/ca-bundle.crt",
          "/etc/ssl/ca-bundle.pem",
          "/etc/ssl/cert.pem");

  private HostTrust() {}

  /**
   * The host's bundle, PEM.
   *
   * @param named what {@code SSL_CERT_FILE} says, which comes first, or null
   * @return null where there is none
   */
  public static @Nullable Path bundle(@Nullable String named) {
    return Stream.concat(Stream.ofNullable(named), BUNDLES.stream())
        .map(Path::of)
        .filter(Files::isReadable)
        .findFirst()
        .orElse(null);
  }
}
