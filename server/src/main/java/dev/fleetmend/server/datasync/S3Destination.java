package dev.fleetmend.server.datasync;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.fleetmend.protocol.sign.Credentials;
import dev.fleetmend.protocol.sign.Digests;
import dev.fleetmend.protocol.sign.OutgoingRequest;
import dev.fleetmend.protocol.sign.PercentEncoding;
import dev.fleetmend.protocol.sign.RequestSigner;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Clock;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * A bucket of the S3-compatible endpoint that the server was given, addressed by path. Redirects
 * are not followed: what is signed for the endpoint goes nowhere else.
 */
final class S3Destination implements Destination {
  private static final Duration CONNECT = Duration.ofSeconds(10);
  private static final Duration ANSWER = Duration.ofSeconds(60);
  private static final int LONGEST_ERROR = 4_096;
  private static final Pattern CODE = Pattern.compile("<Code>([A-Za-z0-9]{1,64})</Code>");

  private final URI endpoint;
  private final String bucket;
  private final @Nullable String kmsKey;
  private final Credentials credentials;
  private final RequestSigner signer;
  private final HttpClient http =
      HttpClient.newBuilder()
          .version(HttpClient.Version.HTTP_1_1)
          .followRedirects(HttpClient.Redirect.NEVER)
          .connectTimeout(CONNECT)
          .build();

  /**
   * Puts into a bucket.
   *
   * @param region that signatures name
   * @param kmsKey ARN of the key that the endpoint is to encrypt with, or null
   */
  S3Destination(
      SyncSettings.Endpoint settings,
      String region,
      String bucket,
      @Nullable String kmsKey,
      Clock clock) {
    this.endpoint = settings.uri();
    this.credentials = settings.credentials();
    this.bucket = bucket;
    this.kmsKey = kmsKey;
    this.signer = new RequestSigner(region, clock);
  }

  @Override
  public void put(String key, byte[] content) throws SyncFailedException {
    String path = PercentEncoding.encode("/" + bucket + "/" + key, true);
    URI uri = URI.create(endpoint.toString().replaceFirst("/+$", "") + path);
    Map<String, String> headers = new LinkedHashMap<>();
    headers.put("Content-Type", "application/json");
    headers.put("X-Amz-Content-Sha256", Digests.sha256Hex(content));
    if (kmsKey != null) {
      headers.put("X-Amz-Server-Side-Encryption", "aws:kms");
      headers.put("X-Amz-Server-Side-Encryption-Aws-Kms-Key-Id", kmsKey);
    }
    headers.putAll(
        signer.sign(
            new OutgoingRequest("s3", "PUT", uri, headers, Digests.sha256Hex(content)),
            credentials));
    HttpRequest.Builder request =
        HttpRequest.newBuilder(uri)
            .timeout(ANSWER)
            .PUT(HttpRequest.BodyPublishers.ofByteArray(content));
    headers.forEach(request::header);
    send(request.build());
  }

  private void send(HttpRequest request) throws SyncFailedException {
    try {
      HttpResponse<InputStream> answer =
          http.send(request, HttpResponse.BodyHandlers.ofInputStream());
      try (InputStream body = answer.body()) {
        if (answer.statusCode() / 100 != 2) {
          throw new SyncFailedException(
              "the endpoint "
                  + endpoint
                  + " answered a PUT to the bucket "
                  + bucket
                  + " with HTTP "
                  + answer.statusCode()
                  + code(new String(body.readNBytes(LONGEST_ERROR), UTF_8)));
        }
      }
    } catch (IOException e) {
      throw new SyncFailedException("no answer from the endpoint " + endpoint + ": " + e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new SyncFailedException("the server was stopped");
    }
  }

  /** S3's own name of an error, as {@code AccessDenied}. */
  private static String code(String xml) {
    Matcher code = CODE.matcher(xml);
    return code.find() ? " " + code.group(1) : "";
  }

  @Override
  public void close() {
    http.close();
  }
}
