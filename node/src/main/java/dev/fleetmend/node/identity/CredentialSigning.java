package dev.fleetmend.node.identity;

import dev.fleetmend.node.AgentLog;
import dev.fleetmend.node.http.ServiceClient;
import dev.fleetmend.node.http.Signing;
import dev.fleetmend.node.patch.RefusedException;
import dev.fleetmend.node.state.DurableFile;
import dev.fleetmend.node.state.JsonFile;
import dev.fleetmend.protocol.message.RequestManagedInstanceRoleTokenResponse;
import dev.fleetmend.protocol.sign.OutgoingRequest;
import dev.fleetmend.protocol.sign.RequestSigner;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Signs with temporary credentials, which are asked for with the node's key, kept over restarts,
 * and renewed at half of their life.
 */
public final class CredentialSigning implements Signing {
  /** Between two renewals because the server knew the credentials no more. */
  private static final long SECONDS_BETWEEN_RENEWALS = 30;

  private final IdentityFolder identity;
  private final JsonFile<TemporaryCredentials> file;
  private final RequestSigner signer;
  private final KeyRing keys;
  private final Clock clock;
  private @Nullable TemporaryCredentials known;
  private boolean renew;

  public CredentialSigning(
      IdentityFolder identity,
      Registration registration,
      ServiceClient server,
      Clock clock,
      AgentLog log)
      throws IOException {
    this.identity = identity;
    this.file = identity.credentials();
    this.signer = new RequestSigner(registration.region(), clock);
    this.keys = new KeyRing(identity, registration, server, signer, log);
    this.clock = clock;
    this.known = file.read();
  }

  @Override
  public Map<String, String> sign(OutgoingRequest request) throws IOException, RefusedException {
    return signer.sign(request, current().forSigning());
  }

  @Override
  public synchronized void unknownToServer() {
    if (known != null && now() - known.issuedAt() >= SECONDS_BETWEEN_RENEWALS) {
      renew = true;
    }
  }

  private synchronized TemporaryCredentials current() throws IOException, RefusedException {
    TemporaryCredentials held = known;
    if (held == null || renew || held.dueAt(now())) {
      try {
        held = request();
      } catch (IOException e) {
        if (held == null || renew || !held.usableAt(now())) {
          throw e;
        }
      }
    }
    return held;
  }

  private TemporaryCredentials request() throws IOException, RefusedException {
    RequestManagedInstanceRoleTokenResponse token = keys.token();
    TemporaryCredentials fresh =
        new TemporaryCredentials(
            token.accessKeyId(),
            token.secretAccessKey(),
            token.sessionToken(),
            now(),
            token.tokenExpirationDate());
    file.write(fresh);
    DurableFile.write(
        identity.sharedCredentialsFile(), fresh.asProfile().getBytes(StandardCharsets.US_ASCII));
    known = fresh;
    renew = false;
    return fresh;
  }

  private long now() {
    return clock.instant().getEpochSecond();
  }
}
