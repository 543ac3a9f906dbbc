package dev.fleetmend.server.tls;

import java.security.KeyStore;
import java.security.cert.X509Certificate;

/**
 * What a TLS listener needs, and what nodes are told of it.
 *
 * @param keyStore the server's key and its chain, in memory
 * @param password of the key store's entry
 * @param authority the certificate that agents pin when they enrol
 * @param authorityPem the same as PEM text
 * @param keyPin the server key's pin as {@code curl --pinnedpubkey} takes it: {@code sha256//} and
 *     the base64 SHA-256 of its SubjectPublicKeyInfo
 */
public record ServerCertificate(
    KeyStore keyStore,
    String password,
    X509Certificate authority,
    String authorityPem,
    String keyPin) {
  @Override
  public String toString() {
    return "ServerCertificate[" + keyPin + "]";
  }
}
