package dev.fleetmend.cli.client;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.fleetmend.cli.ExitCode;
import dev.fleetmend.cli.Problem;
import dev.fleetmend.protocol.sign.Credentials;
import dev.fleetmend.protocol.sign.Digests;
import dev.fleetmend.protocol.sign.OutgoingRequest;
import dev.fleetmend.protocol.sign.RequestSigner;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.HttpURLConnection;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.util.LinkedHashMap;
import java.util.Map;
import javax.net.ssl.HttpsURLConnection;

/** Signed JSON over HTTP. The JDK's old client: it is there in a tenth of the newer one's time. */
final class HttpApi implements Api {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final int CONNECT_MILLIS = 5_000;
  private static final int ANSWER_MILLIS = 60_000;

  private final AwsProfile profile;
  private final RequestSigner signer;

  HttpApi(AwsProfile profile) {
    this.profile = profile;
    this.signer = new RequestSigner(profile.region(), Clock.systemUTC());
  }

  @Override
  public ObjectNode call(String target, ObjectNode request) {
    byte[] body = request.toString().getBytes(StandardCharsets.UTF_8);
    try {
      HttpURLConnection connection = open(target, body);
      try (OutputStream out = connection.getOutputStream()) {
        out.write(body);
      }
      int status = connection.getResponseCode();
      try (InputStream in =
          status < 400 ? connection.getInputStream() : connection.getErrorStream()) {
        byte[] answer = in == null ? new byte[0] : in.readAllBytes();
        if (status >= 400) {
          throw refused(target, status, answer);
        }
        return (ObjectNode) JSON.readTree(answer);
      }
    } catch (JsonProcessingException | ClassCastException e) {
      throw new Problem(
          ExitCode.NO_SERVER, profile.endpoint() + " does not answer as a Fleetmend server does");
    } catch (IOException e) {
      throw new Problem(
          ExitCode.NO_SERVER,
          "no answer from the server at "
              + profile.endpoint()
              + " ("
              + e.getMessage()
              + "); is it running? Start it with './fleetmend up'");
    }
  }

  private HttpURLConnection open(String target, byte[] body) throws IOException {
    Map<String, String> headers = new LinkedHashMap<>();
    headers.put("Content-Type", "application/x-amz-json-1.1");
    headers.put("X-Amz-Target", target);
    headers.putAll(
        signer.sign(
            new OutgoingRequest(
                "ssm", "POST", profile.endpoint().resolve("/"), headers, Digests.sha256Hex(body)),
            new Credentials(profile.keyId(), profile.secret(), null)));
    HttpURLConnection connection =
        (HttpURLConnection) profile.endpoint().resolve("/").toURL().openConnection();
    if (connection instanceof HttpsURLConnection secure && profile.authority() != null) {
      secure.setSSLSocketFactory(Authority.trusting(profile.authority()));
    }
    connection.setConnectTimeout(CONNECT_MILLIS);
    connection.setReadTimeout(ANSWER_MILLIS);
    connection.setRequestMethod("POST");
    connection.setDoOutput(true);
    connection.setFixedLengthStreamingMode(body.length);
    headers.forEach(connection::setRequestProperty);
    return connection;
  }

  private static ApiProblem refused(String target, int status, byte[] answer) {
    String operation = target.substring(target.indexOf('.') + 1);
    try {
      JsonNode error = JSON.readTree(answer);
      String code = error.path("__type").asText("HTTP " + status);
      String message = error.path("message").asText(error.path("Message").asText(""));
      return new ApiProblem(operation, code.substring(code.indexOf('#') + 1), message);
    } catch (IOException e) {
      return new ApiProblem(operation, "HTTP " + status, "");
    }
  }
}
