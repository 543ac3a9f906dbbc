package dev.fleetmend.server.channel;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.fleetmend.protocol.sign.Credentials;
import dev.fleetmend.protocol.sign.Digests;
import dev.fleetmend.protocol.sign.OutgoingRequest;
import dev.fleetmend.protocol.sign.RequestSigner;
import dev.fleetmend.server.TestKeys;
import dev.fleetmend.server.tls.ServerCertificate;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.WebSocket;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyStore;
import java.time.Clock;
import java.util.Base64;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import java.util.concurrent.CompletionException;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;
import org.jspecify.annotations.Nullable;

/** A client that speaks to a server over TLS as the stock agent does, header by header. */
final class WireNode implements AutoCloseable {
  private final ObjectMapper json = new ObjectMapper();
  private final RequestSigner signer = new RequestSigner("us-east-1", Clock.systemUTC());
  private final String fingerprint = UUID.randomUUID().toString();
  private final URI endpoint;
  private final HttpClient http;
  private final KeyPair key;

  WireNode(int port, ServerCertificate certificate) throws GeneralSecurityException, IOException {
    endpoint = URI.create("https://127.0.0.1:" + port);
    key = TestKeys.next();
    KeyStore trusted = KeyStore.getInstance("PKCS12");
    trusted.load(null, null);
    trusted.setCertificateEntry("authority", certificate.authority());
    TrustManagerFactory trust =
        TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
    trust.init(trusted);
    SSLContext tls = SSLContext.getInstance("TLS");
    tls.init(null, trust.getTrustManagers(), null);
    http = HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).sslContext(tls).build();
  }

  /** Registers with an activation of its own; the instance id. */
  String register(Credentials administrator) throws IOException, InterruptedException {
    JsonNode activation =
        ok(api("AmazonSSM.CreateActivation", "{\"IamRole\":\"fleet\"}", administrator));
    String body =
        json.writeValueAsString(
            Map.of(
                "ActivationCode", activation.at("/ActivationCode").textValue(),
                "ActivationId", activation.at("/ActivationId").textValue(),
                "Fingerprint", fingerprint,
                "PublicKey", Base64.getEncoder().encodeToString(key.getPublic().getEncoded()),
                "PublicKeyType", "Rsa"));
    return Objects.requireNonNull(
        ok(api("AmazonSSM.RegisterManagedInstance", body, null)).at("/InstanceId").textValue());
  }

  /** The node's temporary credentials, and its first heartbeat with them. */
  Credentials credentials(String node) throws IOException, InterruptedException {
    String target = "AmazonSSM.RequestManagedInstanceRoleToken";
    String body = "{\"Fingerprint\":\"" + fingerprint + "\"}";
    Map<String, String> headers = headers(target);
    Map<String, String> added =
        signer.sign(
            outgoing("ssm", "POST", endpoint.resolve("/"), headers, body), node, key.getPrivate());
    JsonNode token = ok(send(endpoint.resolve("/"), headers, added, body));
    Credentials credentials =
        new Credentials(
            token.at("/AccessKeyId").textValue(),
            token.at("/SecretAccessKey").textValue(),
            token.at("/SessionToken").textValue());
    ok(
        api(
            "AmazonSSM.UpdateInstanceInformation",
            "{\"InstanceId\":\""
                + node
                + "\",\"PlatformType\":\"Linux\",\"AgentName\":\"amazon-ssm-agent\",\"AgentVersion\":\"3.3.1142.0\"}",
            credentials));
    return credentials;
  }

  /** Calls an operation; without credentials, unsigned. */
  HttpResponse<String> api(String target, String body, @Nullable Credentials credentials)
      throws IOException, InterruptedException {
    Map<String, String> headers = headers(target);
    URI uri = endpoint.resolve("/");
    Map<String, String> added =
        credentials == null
            ? Map.of()
            : signer.sign(outgoing("ssm", "POST", uri, headers, body), credentials);
    return send(uri, headers, added, body);
  }

  /** Asks for the token of a channel. */
  HttpResponse<String> createChannel(String node, Credentials credentials)
      throws IOException, InterruptedException {
    URI uri = endpoint.resolve("/v1/control-channel/" + node);
    String body = "{\"MessageSchemaVersion\":\"1.0\",\"RequestId\":\"" + UUID.randomUUID() + "\"}";
    Map<String, String> headers = Map.of("Content-Type", "application/json");
    return send(
        uri,
        headers,
        signer.sign(outgoing("ssmmessages", "POST", uri, headers, body), credentials),
        body);
  }

  /** Opens the channel's web socket; the token is still to be shown. */
  WebSocket connect(String node, Credentials credentials, WebSocket.Listener listener) {
    String path = "/v1/control-channel/" + node + "?role=subscribe&stream=input";
    WebSocket.Builder builder = http.newWebSocketBuilder();
    signer
        .sign(outgoing("ssmmessages", "GET", endpoint.resolve(path), Map.of(), ""), credentials)
        .forEach(builder::header);
    try {
      return builder
          .buildAsync(URI.create("wss://" + endpoint.getAuthority() + path), listener)
          .join();
    } catch (CompletionException e) {
      throw new IllegalStateException(e.getCause());
    }
  }

  JsonNode ok(HttpResponse<String> response) throws IOException {
    if (response.statusCode() != 200) {
      throw new AssertionError(response.statusCode() + " " + response.body());
    }
    return json.readTree(response.body());
  }

  private static Map<String, String> headers(String target) {
    return Map.of("Content-Type", "application/x-amz-json-1.1", "X-Amz-Target", target);
  }

  private static OutgoingRequest outgoing(
      String service, String method, URI uri, Map<String, String> headers, String body) {
    return new OutgoingRequest(
        service, method, uri, headers, Digests.sha256Hex(body.getBytes(UTF_8)));
  }

  private HttpResponse<String> send(
      URI uri, Map<String, String> headers, Map<String, String> added, String body)
      throws IOException, InterruptedException {
    HttpRequest.Builder request = HttpRequest.newBuilder(uri);
    Map<String, String> all = new HashMap<>(headers);
    all.putAll(added);
    all.forEach(request::header);
    return http.send(
        request.POST(HttpRequest.BodyPublishers.ofString(body)).build(),
        HttpResponse.BodyHandlers.ofString());
  }

  @Override
  public void close() {
    http.shutdownNow();
  }
}
