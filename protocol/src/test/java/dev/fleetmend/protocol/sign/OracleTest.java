package dev.fleetmend.protocol.sign;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.net.URI;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.Size;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.AwsCredentials;
import software.amazon.awssdk.auth.credentials.AwsSessionCredentials;
import software.amazon.awssdk.auth.signer.Aws4Signer;
import software.amazon.awssdk.auth.signer.params.Aws4SignerParams;
import software.amazon.awssdk.http.SdkHttpFullRequest;
import software.amazon.awssdk.http.SdkHttpMethod;
import software.amazon.awssdk.regions.Region;

/** What AWS's own signer signs, this one verifies; and it signs the same. */
class OracleTest {
  private static final Instant NOW = Instant.parse("2026-11-23T10:00:00Z");
  private static final Clock CLOCK = Clock.fixed(NOW, ZoneOffset.UTC);
  private static final String SECRET = "wJalrXUtnFEMI/K7MDENG+bPxRfiCYEXAMPLEKEY";

  @Property(tries = 300)
  @SuppressWarnings("deprecation")
  void whatTheSdkSignsIsVerified(
      @ForAll("paths") String path,
      @ForAll("queries") Map<String, List<String>> query,
      @ForAll("values") String header,
      @ForAll boolean session,
      @ForAll @Size(max = 200) byte[] body)
      throws Exception {
    SdkHttpFullRequest.Builder builder =
        SdkHttpFullRequest.builder()
            .method(SdkHttpMethod.POST)
            .protocol("http")
            .host("patch.example")
            .port(8080)
            .encodedPath(path)
            .putHeader("Content-Type", "application/x-amz-json-1.1")
            .putHeader("X-Amz-Target", "AmazonSSM.X")
            .putHeader("X-Note", header)
            .contentStreamProvider(() -> new ByteArrayInputStream(body));
    query.forEach(builder::putRawQueryParameter);
    AwsCredentials credentials =
        session
            ? AwsSessionCredentials.create("ASIA", SECRET, "to/ken+==")
            : AwsBasicCredentials.create("AKID", SECRET);
    SdkHttpFullRequest signed =
        Aws4Signer.create()
            .sign(
                builder.build(),
                Aws4SignerParams.builder()
                    .awsCredentials(credentials)
                    .signingName("ssm")
                    .signingRegion(Region.US_EAST_1)
                    .signingClockOverride(CLOCK)
                    .build());

    Map<String, List<String>> headers = new HashMap<>();
    signed.headers().forEach((name, values) -> headers.put(lower(name), values));
    SignableRequest request =
        new SignableRequest(
            "POST",
            signed.encodedPath(),
            signed.encodedQueryParameters().orElse(null),
            headers,
            Digests.sha256Hex(body));
    new SignatureCheck("us-east-1", "ssm", CLOCK)
        .verify(request, Authorization.parse(request.header("authorization")), SECRET);
  }

  @Property(tries = 100)
  @SuppressWarnings("deprecation")
  void itSignsAsTheSdkDoes(@ForAll("values") String header, @ForAll @Size(max = 200) byte[] body) {
    Map<String, String> own =
        new RequestSigner("us-east-1", CLOCK)
            .sign(
                new OutgoingRequest(
                    "ec2messages",
                    "POST",
                    URI.create("https://patch.example/a%20b?x=1&a=%2F"),
                    Map.of("X-Note", header),
                    Digests.sha256Hex(body)),
                new Credentials("ASIA", SECRET, "token"));
    SdkHttpFullRequest signed =
        Aws4Signer.create()
            .sign(
                SdkHttpFullRequest.builder()
                    .method(SdkHttpMethod.POST)
                    .uri(URI.create("https://patch.example/a%20b?x=1&a=%2F"))
                    .putHeader("X-Note", header)
                    .contentStreamProvider(() -> new ByteArrayInputStream(body))
                    .build(),
                Aws4SignerParams.builder()
                    .awsCredentials(AwsSessionCredentials.create("ASIA", SECRET, "token"))
                    .signingName("ec2messages")
                    .signingRegion(Region.US_EAST_1)
                    .signingClockOverride(CLOCK)
                    .build());
    Map<String, String> theirs = new TreeMap<>();
    signed.headers().forEach((name, values) -> theirs.put(lower(name), values.getFirst()));
    own.forEach((name, value) -> assertThat(theirs).containsEntry(lower(name), value));
  }

  @Property(tries = 100)
  @SuppressWarnings("deprecation")
  void aPathOfS3IsEncodedOnceAsTheSdkDoes(@ForAll("paths") String path) {
    URI uri = URI.create("https://bucket.example" + path);
    SdkHttpFullRequest signed =
        Aws4Signer.create()
            .sign(
                SdkHttpFullRequest.builder().method(SdkHttpMethod.GET).uri(uri).build(),
                Aws4SignerParams.builder()
                    .awsCredentials(AwsBasicCredentials.create("AKID", SECRET))
                    .signingName("s3")
                    .signingRegion(Region.US_EAST_1)
                    .signingClockOverride(CLOCK)
                    .doubleUrlEncode(false)
                    .normalizePath(false)
                    .build());
    Map<String, String> own =
        new RequestSigner("us-east-1", CLOCK)
            .sign(
                new OutgoingRequest("s3", "GET", uri, Map.of(), Digests.sha256Hex(new byte[0])),
                new Credentials("AKID", SECRET, null));
    assertThat(own.get("Authorization"))
        .isEqualTo(signed.firstMatchingHeader("Authorization").orElseThrow());
  }

  private static String lower(String name) {
    return name.toLowerCase(Locale.ROOT);
  }

  @Provide
  Arbitrary<String> paths() {
    return Arbitraries.of("a", "b-c", "%20", "%2F", "~x", "mi-01", ":", "%C3%A9", "v1", "@", "+")
        .list()
        .ofMaxSize(4)
        .map(segments -> "/" + String.join("/", segments));
  }

  @Provide
  Arbitrary<Map<String, List<String>>> queries() {
    Arbitrary<String> text =
        Arbitraries.strings().withChars("abcZ019 -._~/:@&=+%é$'()*!").ofMaxLength(6);
    return Arbitraries.maps(
            text.filter(name -> !name.isEmpty()), text.list().ofMinSize(1).ofMaxSize(1))
        .ofMaxSize(4);
  }

  @Provide
  Arbitrary<String> values() {
    return Arbitraries.strings().withChars("ab \t,;=\"").ofMaxLength(12);
  }
}
