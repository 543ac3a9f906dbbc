package dev.fleetmend.server.tls;

import static java.nio.charset.StandardCharsets.US_ASCII;

import dev.fleetmend.server.access.PrivateFiles;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.math.BigInteger;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.KeyStore;
import java.security.MessageDigest;
import java.security.PrivateKey;
import java.security.SecureRandom;
import java.security.cert.Certificate;
import java.security.cert.X509Certificate;
import java.security.spec.ECGenParameterSpec;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.Date;
import java.util.List;
import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.asn1.x509.BasicConstraints;
import org.bouncycastle.asn1.x509.ExtendedKeyUsage;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.asn1.x509.GeneralName;
import org.bouncycastle.asn1.x509.GeneralNames;
import org.bouncycastle.asn1.x509.KeyPurposeId;
import org.bouncycastle.asn1.x509.KeyUsage;
import org.bouncycastle.cert.X509v3CertificateBuilder;
import org.bouncycastle.cert.jcajce.JcaX509CertificateConverter;
import org.bouncycastle.cert.jcajce.JcaX509ExtensionUtils;
import org.bouncycastle.cert.jcajce.JcaX509v3CertificateBuilder;
import org.bouncycastle.operator.OperatorCreationException;
import org.bouncycastle.operator.jcajce.JcaContentSignerBuilder;

/**
 * A private certificate authority in the data folder ({@code tls.p12}, mode 0600, made at the first
 * start) and the certificates it gives the server (RFC 5280). The server's key stays, so that its
 * pin does, whatever names a certificate is for.
 */
final class CertificateAuthority {
  private static final Duration AUTHORITY_LIFE = Duration.ofDays(3650);
  private static final Duration SERVER_LIFE = Duration.ofDays(397);
  private static final Duration CLOCK_SLACK = Duration.ofHours(1);
  private static final String AUTHORITY = "authority";
  private static final String SERVER = "server";

  /** The file's mode protects it; the format demands a password. */
  private static final String PASSWORD = "fleetmend";

  private final Path file;
  private final Clock clock;

  CertificateAuthority(Path dataFolder, Clock clock) {
    this.file = dataFolder.resolve("tls.p12");
    this.clock = clock;
  }

  /**
   * The server's certificate for some names.
   *
   * @param names DNS names and IP addresses that clients use
   */
  ServerCertificate certificateFor(List<String> names) throws IOException {
    try {
      KeyStore stored = load();
      PrivateKey authorityKey = (PrivateKey) stored.getKey(AUTHORITY, PASSWORD.toCharArray());
      PrivateKey serverKey = (PrivateKey) stored.getKey(SERVER, PASSWORD.toCharArray());
      X509Certificate authority = (X509Certificate) stored.getCertificate(AUTHORITY);
      Certificate old = stored.getCertificate(SERVER);
      X509v3CertificateBuilder builder =
          builder(
              new X500Name(authority.getSubjectX500Principal().getName()),
              new X500Name("CN=Fleetmend server"),
              old.getPublicKey(),
              SERVER_LIFE);
      builder.addExtension(
          Extension.subjectAlternativeName,
          false,
          new GeneralNames(
              names.stream().map(CertificateAuthority::name).toArray(GeneralName[]::new)));
      builder.addExtension(Extension.basicConstraints, true, new BasicConstraints(false));
      builder.addExtension(Extension.keyUsage, true, new KeyUsage(KeyUsage.digitalSignature));
      JcaX509ExtensionUtils identifiers = new JcaX509ExtensionUtils();
      builder.addExtension(
          Extension.authorityKeyIdentifier,
          false,
          identifiers.createAuthorityKeyIdentifier(authority.getPublicKey()));
      builder.addExtension(
          Extension.subjectKeyIdentifier,
          false,
          identifiers.createSubjectKeyIdentifier(old.getPublicKey()));
      builder.addExtension(
          Extension.extendedKeyUsage, false, new ExtendedKeyUsage(KeyPurposeId.id_kp_serverAuth));
      X509Certificate certificate = sign(builder, authorityKey);
      KeyStore inMemory = KeyStore.getInstance("PKCS12");
      inMemory.load(null, null);
      inMemory.setKeyEntry(
          SERVER, serverKey, PASSWORD.toCharArray(), new Certificate[] {certificate, authority});
      return new ServerCertificate(
          inMemory,
          PASSWORD,
          authority,
          pem(authority),
          pin(certificate),
          names,
          certificate.getNotAfter().toInstant());
    } catch (GeneralSecurityException | OperatorCreationException e) {
      throw new IOException("cannot make the server's certificate from " + file, e);
    }
  }

  private KeyStore load() throws IOException, GeneralSecurityException, OperatorCreationException {
    KeyStore store = KeyStore.getInstance("PKCS12");
    if (Files.exists(file)) {
      store.load(new ByteArrayInputStream(Files.readAllBytes(file)), PASSWORD.toCharArray());
      return store;
    }
    store.load(null, null);
    KeyPair authority = newKey();
    X500Name subject = new X500Name("CN=Fleetmend private CA");
    X509v3CertificateBuilder builder =
        builder(subject, subject, authority.getPublic(), AUTHORITY_LIFE);
    builder.addExtension(Extension.basicConstraints, true, new BasicConstraints(0));
    builder.addExtension(
        Extension.keyUsage, true, new KeyUsage(KeyUsage.keyCertSign | KeyUsage.cRLSign));
    builder.addExtension(
        Extension.subjectKeyIdentifier,
        false,
        new JcaX509ExtensionUtils().createSubjectKeyIdentifier(authority.getPublic()));
    X509Certificate certificate = sign(builder, authority.getPrivate());
    char[] password = PASSWORD.toCharArray();
    store.setKeyEntry(AUTHORITY, authority.getPrivate(), password, new Certificate[] {certificate});
    KeyPair server = newKey();
    X509Certificate first =
        sign(
            builder(subject, new X500Name("CN=Fleetmend server"), server.getPublic(), SERVER_LIFE),
            authority.getPrivate());
    store.setKeyEntry(
        SERVER, server.getPrivate(), password, new Certificate[] {first, certificate});
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    store.store(bytes, password);
    PrivateFiles.write(file, bytes.toByteArray());
    return store;
  }

  private static KeyPair newKey() throws GeneralSecurityException {
    KeyPairGenerator generator = KeyPairGenerator.getInstance("EC");
    generator.initialize(new ECGenParameterSpec("secp256r1"));
    return generator.generateKeyPair();
  }

  private X509v3CertificateBuilder builder(
      X500Name issuer, X500Name subject, java.security.PublicKey key, Duration life) {
    Instant now = clock.instant();
    return new JcaX509v3CertificateBuilder(
        issuer,
        new BigInteger(127, new SecureRandom()),
        Date.from(now.minus(CLOCK_SLACK)),
        Date.from(now.plus(life)),
        subject,
        key);
  }

  private static X509Certificate sign(X509v3CertificateBuilder builder, PrivateKey key)
      throws GeneralSecurityException, OperatorCreationException {
    return new JcaX509CertificateConverter()
        .getCertificate(builder.build(new JcaContentSignerBuilder("SHA256withECDSA").build(key)));
  }

  private static GeneralName name(String name) {
    boolean address = name.contains(":") || name.matches("[0-9.]+");
    return new GeneralName(address ? GeneralName.iPAddress : GeneralName.dNSName, name);
  }

  private static String pem(X509Certificate certificate) throws GeneralSecurityException {
    String body =
        Base64.getMimeEncoder(64, "\n".getBytes(US_ASCII)).encodeToString(certificate.getEncoded());
    return "-----BEGIN CERTIFICATE-----\n" + body + "\n-----END CERTIFICATE-----\n";
  }

  private static String pin(X509Certificate certificate) throws GeneralSecurityException {
    byte[] key = certificate.getPublicKey().getEncoded();
    return "sha256//"
        + Base64.getEncoder().encodeToString(MessageDigest.getInstance("SHA-256").digest(key));
  }
}
