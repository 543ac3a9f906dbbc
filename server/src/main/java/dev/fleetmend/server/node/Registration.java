package dev.fleetmend.server.node;

import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A node to be.
 *
 * @param name the name its activation gives it, or null
 * @param publicKey base64 of the X.509 SubjectPublicKeyInfo DER of its RSA key
 * @param tags the tags it begins with
 */
public record Registration(
    String activationId,
    String iamRole,
    @Nullable String name,
    String fingerprint,
    String publicKey,
    Map<String, String> tags) {}
