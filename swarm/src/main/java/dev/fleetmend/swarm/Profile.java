package dev.fleetmend.swarm;

import dev.fleetmend.protocol.sign.Credentials;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;

/**
 * The administrator's AWS profile that the server wrote into its data folder.
 *
 * @param credentials what to sign with
 */
record Profile(URI endpoint, String region, Credentials credentials) {
  static Profile of(Path awsConfig) throws IOException {
    Map<String, String> values = new HashMap<>();
    for (String line : Files.readAllLines(awsConfig)) {
      int equals = line.indexOf('=');
      if (equals > 0) {
        values.putIfAbsent(line.substring(0, equals).strip(), line.substring(equals + 1).strip());
      }
    }
    return new Profile(
        URI.create(required(values, "endpoint_url")),
        required(values, "region"),
        new Credentials(
            required(values, "aws_access_key_id"),
            required(values, "aws_secret_access_key"),
            null));
  }

  private static String required(Map<String, String> values, String name) {
    return Objects.requireNonNull(values.get(name), () -> "no " + name + " in the AWS config file");
  }
}
