package dev.fleetmend.server.http;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.fleetmend.protocol.sign.Credentials;
import dev.fleetmend.protocol.sign.Digests;
import dev.fleetmend.protocol.sign.OutgoingRequest;
import dev.fleetmend.protocol.sign.RequestSigner;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.security.PrivateKey;
import java.time.Clock;
import java.util.Map;
import java.util.function.Function;

/** Sends signed requests to a server. */
public final class TestClient implements AutoCloseable {
  private final URI endpoint;
  private final RequestSigner signer;
  private final HttpClient http;

  public TestClient(URI endpoint, String region, Clock clock) {
    this(endpoint, region, clock, HttpClient.newBuilder());
  }

  /** With a client of one's own, as to trust a server's authority. */
  public TestClient(URI endpoint, String region, Clock clock, HttpClient.Builder http) {
    this.http = http.version(HttpClient.Version.HTTP_1_1).build();
    this.endpoint = endpoint;
    this.signer = new RequestSigner(region, clock);
  }

  public HttpResponse<String> call(String target, String body, Credentials credentials)
      throws IOException, InterruptedException {
    return post(target, body, request -> signer.sign(request, credentials));
  }

  public HttpResponse<String> call(String target, String body, String instanceId, PrivateKey key)
      throws IOException, InterruptedException {
    return post(target, body, request -> signer.sign(request, instanceId, key));
  }

  public HttpResponse<String> unsigned(String target, String body)
      throws IOException, InterruptedException {
    return post(target, body, request -> Map.of());
  }

  private HttpResponse<String> post(
      String target, String body, Function<OutgoingRequest, Map<String, String>> sign)
      throws IOException, InterruptedException {
    Map<String, String> headers =
        Map.of("Content-Type", "application/x-amz-json-1.1", "X-Amz-Target", target);
    String service =
        target.startsWith("EC2Windows")
            ? "ec2messages"
            : target.startsWith("AWSSecurityToken") ? "sts" : "ssm";
    HttpRequest.Builder request = HttpRequest.newBuilder(endpoint);
    headers.forEach(request::header);
    sign.apply(
            new OutgoingRequest(
                service, "POST", endpoint, headers, Digests.sha256Hex(body.getBytes(UTF_8))))
        .forEach(request::header);
    return http.send(
        request.POST(HttpRequest.BodyPublishers.ofString(body)).build(),
        HttpResponse.BodyHandlers.ofString());
  }

  public HttpResponse<String> send(HttpRequest request) throws IOException, InterruptedException {
    return http.send(request, HttpResponse.BodyHandlers.ofString());
  }

  @Override
  public void close() {
    http.close();
  }
}
