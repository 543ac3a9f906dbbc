package dev.fleetmend.protocol.sign;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * An {@code Authorization} header taken apart.
 *
 * @param accessKeyId who signed; a managed node's id where {@link #byNodeKey}
 * @param signedHeaders lower-case names, in the order given
 * @param signature hex, or base64 where {@link #byNodeKey}
 */
public record Authorization(
    String accessKeyId, CredentialScope scope, List<String> signedHeaders, String signature) {
  static final String ALGORITHM = "AWS4-HMAC-SHA256";
  private static final int LONGEST = 8_192;
  private static final int SCOPE_PARTS = 5;

  /** Whether it is signed with a managed node's RSA key rather than a secret. */
  public boolean byNodeKey() {
    return accessKeyId.startsWith("mi-");
  }

  /**
   * Takes a header apart.
   *
   * @throws SignatureRefusedException when it is none that could be verified
   */
  public static Authorization parse(@Nullable String header) throws SignatureRefusedException {
    if (header == null || header.isBlank()) {
      throw new SignatureRefusedException(
          "MissingAuthenticationTokenException", "Missing Authentication Token");
    }
    if (!header.startsWith(ALGORITHM + " ") || header.length() > LONGEST) {
      throw SignatureRefusedException.incomplete(
          "Unsupported AWS 'algorithm'; the Authorization header must begin with '"
              + ALGORITHM
              + "'.");
    }
    Map<String, String> parameters = parameters(header.substring(ALGORITHM.length()));
    String[] credential = parameters.getOrDefault("Credential", "").split("/", -1);
    if (credential.length != SCOPE_PARTS) {
      throw SignatureRefusedException.incomplete(
          "Credential must have exactly 5 slash-delimited elements, e.g."
              + " keyid/date/region/service/term.");
    }
    if (!credential[4].equals(CredentialScope.TERMINATOR)) {
      throw SignatureRefusedException.invalid(
          "Credential should be scoped with a valid terminator: '"
              + CredentialScope.TERMINATOR
              + "'.");
    }
    return new Authorization(
        credential[0],
        new CredentialScope(credential[1], credential[2], credential[3]),
        List.of(parameters.getOrDefault("SignedHeaders", "").split(";")),
        parameters.getOrDefault("Signature", ""));
  }

  private static Map<String, String> parameters(String list) throws SignatureRefusedException {
    Map<String, String> parameters = new HashMap<>();
    for (String parameter : list.split(",", -1)) {
      String trimmed = parameter.strip();
      int equals = trimmed.indexOf('=');
      if (equals > 0
          && parameters.put(trimmed.substring(0, equals), trimmed.substring(equals + 1)) != null) {
        throw SignatureRefusedException.incomplete("An Authorization parameter is given twice.");
      }
    }
    StringBuilder missing = new StringBuilder();
    for (String name : List.of("Credential", "Signature", "SignedHeaders")) {
      if (parameters.getOrDefault(name, "").isEmpty()) {
        missing.append("Authorization header requires '").append(name).append("' parameter. ");
      }
    }
    if (!missing.isEmpty()) {
      throw SignatureRefusedException.incomplete(missing.toString().strip());
    }
    return parameters;
  }

  @Override
  public String toString() {
    return ALGORITHM
        + " Credential="
        + accessKeyId
        + "/"
        + scope
        + ", SignedHeaders="
        + String.join(";", signedHeaders)
        + ", Signature="
        + signature;
  }
}
