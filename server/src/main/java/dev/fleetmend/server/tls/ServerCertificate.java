package dev.fleetmend.server.tls;

import java.security.KeyStore;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.List;

/**
 * What a TLS listener needs, and what nodes are told of it.
 *
 * @param keyStore the server's key and its chain, in memory
 * @param password of the key store's entry
 * @param authority the certificate that agents pin when they enrol
 * @param authorityPem the same as PEM text
 * @param keyPin the server key's pin as {@code curl --pinnedpubkey} takes it: {@code sha256//} and
 *     the base64 SHA-256 of its SubjectPublicKeyInfo
 * @param names DNS names and IP addresses that it is for
 */
public record ServerCertificate(
    KeyStore keyStore,
    String password,
    X509Certificate authority,
    String authorityPem,
    String keyPin,
    List<String> names,
    Instant expiresAt) {
  public ServerCertificate {
    names = List.copyOf(names);
  }

  @Override
  public String toString() {
    return "ServerCertificate[" + keyPin + "]";
  }
}
