package dev.fleetmend.protocol.sign;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.URI;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;

class SignatureCheckTest {
  private static final Instant NOW = Instant.parse("2026-11-23T23:50:00Z");
  private static final String SECRET = "secret+/ of anyone";
  private static final Credentials CREDENTIALS = new Credentials("AKID", SECRET, null);
  private static final OutgoingRequest REQUEST =
      new OutgoingRequest(
          "ssm",
          "POST",
          URI.create("http://patch.example:8080/"),
          Map.of(
              "Content-Type", "application/x-amz-json-1.1",
              "X-Amz-Target", "AmazonSSM.ListCommands"),
          Digests.sha256Hex("{}".getBytes(UTF_8)));

  private static Clock at(Instant time) {
    return Clock.fixed(time, ZoneOffset.UTC);
  }

  private static SignatureCheck check(Instant time) {
    return new SignatureCheck("us-east-1", "ssm", at(time));
  }

  private static Map<String, List<String>> signed(Credentials credentials) {
    return headers(new RequestSigner("us-east-1", at(NOW)).sign(REQUEST, credentials));
  }

  private static Map<String, List<String>> headers(Map<String, String> added) {
    Map<String, List<String>> headers = new HashMap<>();
    REQUEST.headers().forEach((k, v) -> headers.put(k.toLowerCase(Locale.ROOT), List.of(v)));
    added.forEach((k, v) -> headers.put(k.toLowerCase(Locale.ROOT), List.of(v)));
    headers.put("host", List.of("patch.example:8080"));
    return headers;
  }

  private static SignableRequest received(Map<String, List<String>> headers, String body) {
    return new SignableRequest("POST", "/", null, headers, Digests.sha256Hex(body.getBytes(UTF_8)));
  }

  private static void verify(SignatureCheck check, SignableRequest request, String secret)
      throws SignatureRefusedException {
    check.verify(request, Authorization.parse(request.header("authorization")), secret);
  }

  private static void refused(String code, String message, ThrowingCallable call) {
    assertThatThrownBy(call)
        .isInstanceOfSatisfying(
            SignatureRefusedException.class, e -> assertThat(e.code()).isEqualTo(code))
        .hasMessageContaining(message);
  }

  @Test
  void whatIsSignedIsVerified() {
    assertThatCode(() -> verify(check(NOW), received(signed(CREDENTIALS), "{}"), SECRET))
        .doesNotThrowAnyException();
  }

  @Test
  void aChangeToAnythingThatIsCoveredIsFound() {
    SignableRequest good = received(signed(CREDENTIALS), "{}");
    String mismatch = "signature we calculated does not match";
    String invalid = "InvalidSignatureException";
    refused(invalid, mismatch, () -> verify(check(NOW), good, "another secret"));
    refused(invalid, mismatch, () -> verify(check(NOW), received(good.headers(), "{} "), SECRET));
    for (String header : List.of("x-amz-target", "content-type", "host")) {
      Map<String, List<String>> headers = new HashMap<>(good.headers());
      headers.put(header, List.of("other"));
      refused(invalid, mismatch, () -> verify(check(NOW), received(headers, "{}"), SECRET));
    }
    SignableRequest elsewhere =
        new SignableRequest("POST", "/x", null, good.headers(), good.bodySha256());
    refused(invalid, mismatch, () -> verify(check(NOW), elsewhere, SECRET));
    SignableRequest asking =
        new SignableRequest("POST", "/", "a=b", good.headers(), good.bodySha256());
    refused(invalid, mismatch, () -> verify(check(NOW), asking, SECRET));
  }

  @Test
  void aDeclaredHashMustBeTheBodys() {
    Map<String, List<String>> headers = signed(CREDENTIALS);
    headers.put("x-amz-content-sha256", List.of("UNSIGNED-PAYLOAD"));
    refused(
        "InvalidSignatureException",
        "x-amz-content-sha256",
        () -> verify(check(NOW), received(headers, "{}"), SECRET));
  }

  @Test
  void aSignatureIsGoodForAQuarterOfAnHourEachWay() {
    SignableRequest request = received(signed(CREDENTIALS), "{}");
    for (long seconds : List.of(-900L, 900L)) {
      assertThatCode(() -> verify(check(NOW.plusSeconds(seconds)), request, SECRET))
          .doesNotThrowAnyException();
    }
    refused(
        "InvalidSignatureException",
        "Signature expired: 20261123T235000Z is now earlier than 20261123T235001Z"
            + " (20261124T000501Z - 15 min.)",
        () -> verify(check(NOW.plusSeconds(901)), request, SECRET));
    refused(
        "InvalidSignatureException",
        "Signature not yet current",
        () -> verify(check(NOW.minusSeconds(901)), request, SECRET));
  }

  @Test
  void theScopeMustBeOurs() throws Exception {
    SignableRequest request = received(signed(CREDENTIALS), "{}");
    refused(
        "InvalidSignatureException",
        "Credential should be scoped to a valid region: 'eu-west-1'",
        () -> verify(new SignatureCheck("eu-west-1", "ssm", at(NOW)), request, SECRET));
    refused(
        "InvalidSignatureException",
        "correct service",
        () -> verify(new SignatureCheck("us-east-1", "s3", at(NOW)), request, SECRET));
    String yesterday =
        Authorization.parse(request.header("authorization"))
            .toString()
            .replace("/20261123/", "/20261122/");
    Map<String, List<String>> headers = new HashMap<>(request.headers());
    headers.put("authorization", List.of(yesterday));
    refused(
        "InvalidSignatureException",
        "'20261122' != '20261123'",
        () -> verify(check(NOW), received(headers, "{}"), SECRET));
  }

  @Test
  void whatMattersMustBeCovered() {
    for (String header : List.of("host", "x-amz-date", "x-amz-target")) {
      Map<String, List<String>> headers = signed(CREDENTIALS);
      headers.compute(
          "authorization",
          (name, old) ->
              List.of(
                  String.join("", old == null ? List.of() : old)
                      .replace(";" + header, "")
                      .replace(header + ";", "")));
      refused(
          "InvalidSignatureException",
          "must be a 'SignedHeader'",
          () -> verify(check(NOW), received(headers, "{}"), SECRET));
    }
    Map<String, List<String>> headers = signed(CREDENTIALS);
    headers.put("x-amz-security-token", List.of("of another"));
    refused(
        "InvalidSignatureException",
        "'x-amz-security-token' must be a 'SignedHeader'",
        () -> verify(check(NOW), received(headers, "{}"), SECRET));
    headers.remove("x-amz-security-token");
    headers.remove("content-type");
    refused(
        "InvalidSignatureException",
        "does not exist in the HTTP request",
        () -> verify(check(NOW), received(headers, "{}"), SECRET));
  }

  @Test
  void aSessionTokenIsSentAndCovered() {
    Map<String, List<String>> headers = signed(new Credentials("ASIA", SECRET, "token/+="));
    assertThat(headers).containsEntry("x-amz-security-token", List.of("token/+="));
    assertThatCode(() -> verify(check(NOW), received(headers, "{}"), SECRET))
        .doesNotThrowAnyException();
  }

  @Test
  void aNodeProvesItsKey() throws Exception {
    KeyPairGenerator generator = KeyPairGenerator.getInstance("RSA");
    generator.initialize(2048);
    KeyPair pair = generator.generateKeyPair();
    Map<String, List<String>> headers =
        headers(
            new RequestSigner("us-east-1", at(NOW))
                .sign(REQUEST, "mi-0a1b2c3d4e5f60718", pair.getPrivate()));
    SignableRequest request = received(headers, "{}");
    Authorization authorization = Authorization.parse(request.header("authorization"));
    assertThat(authorization.byNodeKey()).isTrue();
    assertThatCode(() -> check(NOW).verify(request, authorization, pair.getPublic()))
        .doesNotThrowAnyException();
    refused(
        "InvalidSignatureException",
        "does not match",
        () -> check(NOW).verify(request, authorization, generator.generateKeyPair().getPublic()));
    refused(
        "InvalidSignatureException",
        "does not match",
        () ->
            check(NOW)
                .verify(
                    request,
                    new Authorization(
                        authorization.accessKeyId(),
                        authorization.scope(),
                        authorization.signedHeaders(),
                        "not base64!"),
                    pair.getPublic()));
  }

  @Test
  void credentialsDoNotShowTheirSecret() {
    assertThat(new Credentials("AKID", "s3cret", "t0ken").toString()).isEqualTo("AKID");
  }
}
