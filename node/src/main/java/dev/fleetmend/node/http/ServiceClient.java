package dev.fleetmend.node.http;

import dev.fleetmend.node.patch.RefusedException;
import dev.fleetmend.protocol.json.MalformedJsonException;
import dev.fleetmend.protocol.json.Naming;
import dev.fleetmend.protocol.json.RecordJson;
import dev.fleetmend.protocol.sign.Digests;
import dev.fleetmend.protocol.sign.OutgoingRequest;
import java.io.IOException;
import java.net.URI;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import javax.net.ssl.SSLSocketFactory;
import org.jspecify.annotations.Nullable;

/** Calls operations of the server: AWS JSON 1.1, one record there and one back. */
public final class ServiceClient {
  private static final String JSON = "application/x-amz-json-1.1";
  private static final Set<String> UNKNOWN_CREDENTIALS =
      Set.of("UnrecognizedClientException", "ExpiredTokenException");
  private static final Set<String> TRANSIENT =
      Set.of("ThrottlingException", "TooManyUpdates", "RequestLimitExceeded");

  private final RecordJson json = new RecordJson(Naming.PASCAL);
  private final HttpPost post;
  private final Signing signing;
  private final ClockSkew skew;

  private ServiceClient(HttpPost post, Signing signing, ClockSkew skew) {
    this.post = post;
    this.signing = signing;
    this.skew = skew;
  }

  /**
   * A client that does not sign yet.
   *
   * @param tls what an https address is trusted by, or null for the host's own trust
   */
  public static ServiceClient to(URI endpoint, @Nullable SSLSocketFactory tls, ClockSkew skew) {
    return new ServiceClient(new HttpPost(endpoint, tls), Signing.none(), skew);
  }

  /** The same address, with signed calls. */
  public ServiceClient signedBy(Signing by) {
    return new ServiceClient(post, by, skew);
  }

  /** The address. */
  public URI endpoint() {
    return post.endpoint();
  }

  /**
   * Calls an operation.
   *
   * @throws IOException when there was no answer, or one that is worth trying again
   * @throws RefusedException when the server said no
   */
  public <R extends Record> R call(Call call, Record request, Class<R> response)
      throws IOException, RefusedException {
    byte[] body = json.write(request);
    Map<String, String> headers = new LinkedHashMap<>();
    headers.put("Content-Type", JSON);
    headers.put("X-Amz-Target", call.target().operation(call.operation()));
    headers.putAll(
        signing.sign(
            new OutgoingRequest(
                call.target().signingName(),
                "POST",
                post.endpoint(),
                Map.copyOf(headers),
                Digests.sha256Hex(body))));
    headers.put("Accept", JSON);
    Answer answer = post.send(headers, body, call.timeout());
    skew.answered(answer.date());
    if (answer.status() == 200) {
      return read(answer.body(), response, call);
    }
    throw refusal(call, answer);
  }

  private RefusedException refusal(Call call, Answer answer) throws IOException {
    ErrorAnswer error = errorOf(call, answer);
    String code = error.code();
    if (answer.status() >= 500 || answer.status() == 429 || TRANSIENT.contains(code)) {
      throw new IOException(call.operation() + " was answered " + code + ": " + error.message());
    }
    if (UNKNOWN_CREDENTIALS.contains(code)) {
      signing.unknownToServer();
    }
    return new RefusedException(code, error.message());
  }

  private static ErrorAnswer errorOf(Call call, Answer answer) throws IOException {
    try {
      ErrorAnswer error = ErrorAnswer.read(answer.body());
      if (!error.code().isEmpty()) {
        return error;
      }
    } catch (MalformedJsonException e) {
      throw noServer(call, answer, e);
    }
    throw noServer(call, answer, null);
  }

  private static IOException noServer(Call call, Answer answer, @Nullable Throwable cause) {
    return new IOException(
        call.operation()
            + " was answered with HTTP status "
            + answer.status()
            + ", which a Fleetmend server does not do: is the address right?",
        cause);
  }

  private <R extends Record> R read(byte[] body, Class<R> response, Call call) throws IOException {
    try {
      return json.read(body, response);
    } catch (MalformedJsonException e) {
      throw new IOException(call.operation() + " was answered with something else", e);
    }
  }
}
