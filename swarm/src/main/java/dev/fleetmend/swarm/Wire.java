package dev.fleetmend.swarm;

import dev.fleetmend.protocol.sign.Credentials;
import dev.fleetmend.protocol.sign.Digests;
import dev.fleetmend.protocol.sign.OutgoingRequest;
import dev.fleetmend.protocol.sign.RequestSigner;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.security.PrivateKey;
import java.time.Clock;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.CompletableFuture;

/** Signed calls to one server. */
final class Wire {
  private static final Duration TIMEOUT = Duration.ofSeconds(30);

  private final URI endpoint;
  private final RequestSigner signer;
  private final HttpClient http =
      HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

  Wire(URI endpoint, String region) {
    this.endpoint = endpoint;
    this.signer = new RequestSigner(region, Clock.systemUTC());
  }

  /**
   * @param service signing name
   * @param target what {@code X-Amz-Target} says
   */
  CompletableFuture<byte[]> call(
      String service, String target, byte[] body, Credentials credentials) {
    OutgoingRequest request = request(service, target, body);
    return send(request, signer.sign(request, credentials), body);
  }

  /** A call that a node proves with its own key. */
  CompletableFuture<byte[]> call(String target, byte[] body, String instanceId, PrivateKey key) {
    OutgoingRequest request = request("ssm", target, body);
    return send(request, signer.sign(request, instanceId, key), body);
  }

  /** A call that nothing proves. */
  CompletableFuture<byte[]> call(String target, byte[] body) {
    return send(request("ssm", target, body), Map.of(), body);
  }

  private OutgoingRequest request(String service, String target, byte[] body) {
    Map<String, String> headers = new LinkedHashMap<>();
    headers.put("Content-Type", "application/x-amz-json-1.1");
    headers.put("X-Amz-Target", target);
    return new OutgoingRequest(service, "POST", endpoint, headers, Digests.sha256Hex(body));
  }

  private CompletableFuture<byte[]> send(
      OutgoingRequest request, Map<String, String> signature, byte[] body) {
    HttpRequest.Builder builder =
        HttpRequest.newBuilder(request.uri())
            .timeout(TIMEOUT)
            .POST(HttpRequest.BodyPublishers.ofByteArray(body));
    request.headers().forEach(builder::header);
    signature.forEach(builder::header);
    return http.sendAsync(builder.build(), HttpResponse.BodyHandlers.ofByteArray())
        .thenApply(
            answer -> {
              if (answer.statusCode() != 200) {
                throw new IllegalStateException(
                    request.headers().get("X-Amz-Target")
                        + " was answered "
                        + answer.statusCode()
                        + ": "
                        + new String(answer.body(), java.nio.charset.StandardCharsets.UTF_8));
              }
              return answer.body();
            });
  }
}
