package dev.fleetmend.protocol.sign;

import java.security.PublicKey;
import java.time.Clock;
import java.time.Duration;
import java.util.List;

/** Verifies the signatures of requests to one service of one region. */
public final class SignatureCheck {
  private static final Duration SKEW = Duration.ofMinutes(15);

  /** What must be signed wherever it is sent; host and date always. */
  private static final List<String> COVERED = List.of("x-amz-target", "x-amz-security-token");

  private final String region;
  private final String service;
  private final Clock clock;

  public SignatureCheck(String region, String service, Clock clock) {
    this.region = region;
    this.service = service;
    this.clock = clock;
  }

  /**
   * Verifies a signature made with a secret.
   *
   * @throws SignatureRefusedException when it is not that of this request, scope, time and secret
   */
  public void verify(SignableRequest request, Authorization authorization, String secret)
      throws SignatureRefusedException {
    String expected = text(request, authorization).signature(secret);
    if (!Digests.same(expected, authorization.signature())) {
      throw mismatch();
    }
  }

  /**
   * Verifies a signature made with a managed node's RSA key.
   *
   * @throws SignatureRefusedException when it is not that of this request, scope, time and key
   */
  public void verify(SignableRequest request, Authorization authorization, PublicKey key)
      throws SignatureRefusedException {
    if (!text(request, authorization).signedBy(key, authorization.signature())) {
      throw mismatch();
    }
  }

  private StringToSign text(SignableRequest request, Authorization authorization)
      throws SignatureRefusedException {
    CredentialScope scope = authorization.scope();
    checkScope(scope);
    String time = SigningTime.checked(request.header("x-amz-date"), scope, clock.instant(), SKEW);
    checkCoverage(request, authorization.signedHeaders());
    String declared = request.header("x-amz-content-sha256");
    if (declared != null && !Digests.same(declared, request.bodySha256())) {
      throw SignatureRefusedException.invalid(
          "The provided 'x-amz-content-sha256' header does not match what was computed.");
    }
    return StringToSign.of(request, time, scope, authorization.signedHeaders());
  }

  private void checkScope(CredentialScope scope) throws SignatureRefusedException {
    if (!scope.region().equals(region)) {
      throw SignatureRefusedException.invalid(
          "Credential should be scoped to a valid region: '" + region + "'.");
    }
    if (!scope.service().equals(service)) {
      throw SignatureRefusedException.invalid(
          "Credential should be scoped to correct service: '" + service + "'.");
    }
  }

  private static void checkCoverage(SignableRequest request, List<String> signed)
      throws SignatureRefusedException {
    for (String name : signed) {
      if (!request.headers().containsKey(name)) {
        throw SignatureRefusedException.invalid(
            "A header that is named as a SignedHeader does not exist in the HTTP request.");
      }
    }
    if (!signed.contains("host")) {
      throw SignatureRefusedException.invalid(
          "'Host' or ':authority' must be a 'SignedHeader' in the AWS Authorization.");
    }
    if (!signed.contains("x-amz-date")) {
      throw uncovered("x-amz-date");
    }
    for (String name : COVERED) {
      if (request.headers().containsKey(name) && !signed.contains(name)) {
        throw uncovered(name);
      }
    }
  }

  private static SignatureRefusedException uncovered(String header) {
    return SignatureRefusedException.invalid(
        "'" + header + "' must be a 'SignedHeader' in the AWS Authorization.");
  }

  private static SignatureRefusedException mismatch() {
    return SignatureRefusedException.invalid(
        "The request signature we calculated does not match the signature you provided. Check your"
            + " AWS Secret Access Key and signing method. Consult the service documentation for"
            + " details.");
  }
}
