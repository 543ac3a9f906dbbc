package dev.fleetmend.server.node;

import java.time.Instant;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.ssm.model.PingStatus;

/**
 * A managed node. What its heartbeats have not told yet is null.
 *
 * @param id {@code mi-} and 17 hex digits
 * @param name the name that its activation gave it
 * @param publicKey base64 of the X.509 SubjectPublicKeyInfo DER of its RSA key
 * @param platformType {@code Linux}, {@code Windows} or {@code MacOS}
 */
public record ManagedNode(
    String id,
    String activationId,
    String iamRole,
    @Nullable String name,
    String fingerprint,
    String publicKey,
    Instant registeredAt,
    PingStatus pingStatus,
    @Nullable Instant lastPingAt,
    @Nullable String agentName,
    @Nullable String agentVersion,
    @Nullable String platformType,
    @Nullable String platformName,
    @Nullable String platformVersion,
    @Nullable String computerName,
    @Nullable String ipAddress) {

  public boolean online() {
    return pingStatus == PingStatus.ONLINE;
  }

  /** As inventory says it: {@code Active} or {@code ConnectionLost}. */
  public String instanceStatus() {
    return online() ? "Active" : "ConnectionLost";
  }
}
