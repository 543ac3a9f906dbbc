package dev.fleetmend.node.agent;

import dev.fleetmend.node.patch.RefusedException;
import java.util.Set;

/** Refusals that are about who asks, and not about what is asked: those can pass. */
final class SignatureTrouble {
  private static final Set<String> CODES =
      Set.of(
          "UnrecognizedClientException",
          "ExpiredTokenException",
          "InvalidSignatureException",
          "IncompleteSignatureException",
          "MissingAuthenticationTokenException",
          "AccessDeniedException",
          "MachineFingerprintDoesNotMatch",
          "InvalidInstanceId");

  private SignatureTrouble() {}

  static boolean in(RefusedException refusal) {
    return CODES.contains(refusal.code());
  }
}
