package dev.fleetmend.protocol.sign;

import static java.nio.charset.StandardCharsets.UTF_8;

/**
 * What a signature is good for.
 *
 * @param date {@code yyyyMMdd}, UTC
 * @param service signing name: {@code ssm}, {@code ec2messages}, {@code ssmmessages}
 */
public record CredentialScope(String date, String region, String service) {
  static final String TERMINATOR = "aws4_request";

  byte[] key(String secret) {
    byte[] key = Digests.hmac(("AWS4" + secret).getBytes(UTF_8), date);
    return Digests.hmac(Digests.hmac(Digests.hmac(key, region), service), TERMINATOR);
  }

  @Override
  public String toString() {
    return date + "/" + region + "/" + service + "/" + TERMINATOR;
  }
}
