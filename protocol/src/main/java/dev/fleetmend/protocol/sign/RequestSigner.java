package dev.fleetmend.protocol.sign;

import java.net.URI;
import java.security.PrivateKey;
import java.time.Clock;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Function;

/** Signs requests to one region. */
public final class RequestSigner {
  private final String region;
  private final Clock clock;

  public RequestSigner(String region, Clock clock) {
    this.region = region;
    this.clock = clock;
  }

  /**
   * The headers to add: {@code X-Amz-Date}, {@code Authorization}, and the token if there is one.
   */
  public Map<String, String> sign(OutgoingRequest request, Credentials credentials) {
    Map<String, String> added = new LinkedHashMap<>();
    if (credentials.sessionToken() != null) {
      added.put("X-Amz-Security-Token", credentials.sessionToken());
    }
    return sign(
        request,
        added,
        credentials.accessKeyId(),
        text -> text.signature(credentials.secretAccessKey()));
  }

  /** The headers to add when a managed node proves its own key. */
  public Map<String, String> sign(OutgoingRequest request, String instanceId, PrivateKey key) {
    return sign(request, new LinkedHashMap<>(), instanceId, text -> text.signature(key));
  }

  private Map<String, String> sign(
      OutgoingRequest request,
      Map<String, String> added,
      String accessKeyId,
      Function<StringToSign, String> signature) {
    String time = SigningTime.text(clock.instant());
    added.put("X-Amz-Date", time);
    TreeMap<String, List<String>> headers = new TreeMap<>();
    request.headers().forEach((name, value) -> headers.put(lower(name), List.of(value)));
    added.forEach((name, value) -> headers.put(lower(name), List.of(value)));
    headers.put("host", List.of(host(request.uri())));
    List<String> signed = List.copyOf(headers.keySet());
    CredentialScope scope = new CredentialScope(SigningTime.date(time), region, request.service());
    SignableRequest signable =
        new SignableRequest(
            request.method(),
            request.uri().getRawPath(),
            request.uri().getRawQuery(),
            headers,
            request.bodySha256());
    StringToSign text = StringToSign.of(signable, time, scope, signed);
    added.put(
        "Authorization",
        new Authorization(accessKeyId, scope, signed, signature.apply(text)).toString());
    return added;
  }

  /** As HTTP clients send it: with the port, unless it is the scheme's own. */
  private static String host(URI uri) {
    int usual = "https".equalsIgnoreCase(uri.getScheme()) ? 443 : 80;
    return uri.getPort() == -1 || uri.getPort() == usual
        ? uri.getHost()
        : uri.getHost() + ":" + uri.getPort();
  }

  private static String lower(String name) {
    return name.toLowerCase(Locale.ROOT);
  }
}
