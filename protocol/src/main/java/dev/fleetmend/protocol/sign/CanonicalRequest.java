package dev.fleetmend.protocol.sign;

import java.util.ArrayList;
import java.util.List;
import java.util.StringJoiner;
import org.jspecify.annotations.Nullable;

/** The one text form of a request that both sides hash. */
final class CanonicalRequest {
  private CanonicalRequest() {}

  static String of(SignableRequest request, String service, List<String> signedHeaders) {
    StringBuilder text = new StringBuilder();
    text.append(request.method()).append('\n');
    text.append(path(request.path(), service)).append('\n');
    text.append(query(request.query())).append('\n');
    for (String name : signedHeaders) {
      text.append(name).append(':');
      text.append(value(request.headers().getOrDefault(name, List.of()))).append('\n');
    }
    text.append('\n').append(String.join(";", signedHeaders)).append('\n');
    return text.append(request.bodySha256()).toString();
  }

  /** Encoded a second time, as every service but S3 does. */
  private static String path(String path, String service) {
    if (path.isEmpty()) {
      return "/";
    }
    return service.equals("s3") ? path : PercentEncoding.encode(path, true);
  }

  private static String query(@Nullable String query) {
    if (query == null || query.isEmpty()) {
      return "";
    }
    List<String[]> parameters = new ArrayList<>();
    for (String parameter : query.split("&", -1)) {
      if (!parameter.isEmpty()) {
        int equals = parameter.indexOf('=');
        String name = equals < 0 ? parameter : parameter.substring(0, equals);
        String value = equals < 0 ? "" : parameter.substring(equals + 1);
        parameters.add(
            new String[] {PercentEncoding.normalize(name), PercentEncoding.normalize(value)});
      }
    }
    parameters.sort(
        (a, b) -> {
          int byName = a[0].compareTo(b[0]);
          return byName == 0 ? a[1].compareTo(b[1]) : byName;
        });
    StringJoiner joined = new StringJoiner("&");
    for (String[] parameter : parameters) {
      joined.add(parameter[0] + "=" + parameter[1]);
    }
    return joined.toString();
  }

  private static String value(List<String> values) {
    StringJoiner joined = new StringJoiner(",");
    for (String value : values) {
      joined.add(squeeze(value));
    }
    return joined.toString();
  }

  /** Trimmed, and runs of white space made one space. */
  private static String squeeze(String value) {
    StringBuilder text = new StringBuilder(value.length());
    boolean gap = false;
    for (int i = 0; i < value.length(); i++) {
      char c = value.charAt(i);
      if (c == ' ' || (c >= '\t' && c <= '\r')) {
        gap = true;
      } else {
        if (gap && !text.isEmpty()) {
          text.append(' ');
        }
        gap = false;
        text.append(c);
      }
    }
    return text.toString();
  }
}
