package dev.fleetmend.cli.client;

import java.net.URI;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The profile {@code fleetmend} of an AWS configuration file: all that the aws CLI, the SDKs and
 * this program need to reach a server.
 *
 * @param authority PEM file of the CA that the server's certificate is checked against; null where
 *     it speaks no TLS
 */
public record AwsProfile(
    URI endpoint, String region, String keyId, String secret, @Nullable Path authority) {
  public static final String NAME = "fleetmend";

  /** Reads what {@link #text} writes. */
  public static AwsProfile parse(String text) {
    Map<String, String> values = new HashMap<>();
    for (String line : text.lines().toList()) {
      int equals = line.indexOf('=');
      if (equals > 0) {
        values.put(line.substring(0, equals).strip(), line.substring(equals + 1).strip());
      }
    }
    String authority = values.get("ca_bundle");
    return new AwsProfile(
        URI.create(values.getOrDefault("endpoint_url", "")),
        values.getOrDefault("region", ""),
        values.getOrDefault("aws_access_key_id", ""),
        values.getOrDefault("aws_secret_access_key", ""),
        authority == null ? null : Path.of(authority));
  }

  /** As the aws CLI reads it. */
  public String text() {
    return text(NAME);
  }

  /** As the aws CLI reads it, under another name. */
  public String text(String profile) {
    return """
    [profile %s]
    endpoint_url = %s
    region = %s
    aws_access_key_id = %s
    aws_secret_access_key = %s
    %s"""
        .formatted(
            profile,
            endpoint,
            region,
            keyId,
            secret,
            authority == null ? "" : "ca_bundle = " + authority + "\n");
  }

  /** Without the secret. */
  @Override
  public String toString() {
    return endpoint + " " + keyId;
  }
}
