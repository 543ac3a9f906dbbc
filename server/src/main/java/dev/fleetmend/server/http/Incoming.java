package dev.fleetmend.server.http;

import dev.fleetmend.api.ApiException;
import dev.fleetmend.protocol.sign.Digests;
import dev.fleetmend.protocol.sign.SignableRequest;
import dev.fleetmend.server.audit.Origin;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.eclipse.jetty.http.HttpField;
import org.eclipse.jetty.io.Content;
import org.eclipse.jetty.server.Request;

/** Jetty's requests as signatures see them. */
final class Incoming {
  private static final int TOO_LARGE = 413;

  private Incoming() {}

  /** A new request's number, and where it comes from. */
  static Origin origin(Request request) {
    return new Origin(UUID.randomUUID().toString(), Request.getRemoteAddr(request));
  }

  /** The body, read to its end with or without a Content-Length. */
  static byte[] body(Request request, int limit) throws IOException {
    if (request.getLength() > limit) {
      throw tooLarge(limit);
    }
    try (InputStream in = Content.Source.asInputStream(request)) {
      byte[] body = in.readNBytes(limit + 1);
      if (body.length > limit) {
        throw tooLarge(limit);
      }
      return body;
    }
  }

  static SignableRequest signable(Request request, byte[] body) {
    Map<String, List<String>> headers = new HashMap<>();
    for (HttpField field : request.getHeaders()) {
      String value = field.getValue();
      headers
          .computeIfAbsent(field.getLowerCaseName(), name -> new ArrayList<>())
          .add(value == null ? "" : value);
    }
    String path = request.getHttpURI().getPath();
    return new SignableRequest(
        request.getMethod(),
        path == null ? "/" : path,
        request.getHttpURI().getQuery(),
        headers,
        Digests.sha256Hex(body));
  }

  private static ApiException tooLarge(int limit) {
    return ApiException.of(
        "RequestEntityTooLargeException",
        TOO_LARGE,
        "The request body is larger than " + limit + " bytes.");
  }
}
