package dev.fleetmend.node.identity;

import dev.fleetmend.node.http.Call;
import dev.fleetmend.node.http.ServiceClient;
import dev.fleetmend.node.http.Target;
import dev.fleetmend.node.patch.RefusedException;
import dev.fleetmend.protocol.message.RegisterManagedInstanceRequest;
import dev.fleetmend.protocol.message.RegisterManagedInstanceResponse;
import java.io.IOException;

/** Registers this host with an activation. */
public final class Enrolment {
  private final IdentityFolder identity;
  private final ServiceClient server;

  public Enrolment(IdentityFolder identity, ServiceClient server) {
    this.identity = identity;
    this.server = server;
  }

  /**
   * Registers the host. Tried again after an answer got lost, it sends the same key. A host that is
   * a node becomes a new one, with a new key, and stays who it is where that fails.
   *
   * @throws RefusedException when the server does not accept the activation
   */
  public Registration enrol(String activationId, String activationCode, String region)
      throws IOException, RefusedException {
    String fingerprint = identity.fingerprint();
    boolean again = identity.registration() != null;
    NodeKey key = again ? identity.nextKey() : identity.key();
    RegisterManagedInstanceResponse registered =
        server.call(
            Call.of(Target.SSM, "RegisterManagedInstance"),
            new RegisterManagedInstanceRequest(
                activationCode, activationId, fingerprint, key.publicKeyText(), "Rsa"),
            RegisterManagedInstanceResponse.class);
    if (registered.instanceId().isEmpty()) {
      throw new IOException("the server gave this host no id");
    }
    Registration registration = new Registration(registered.instanceId(), region, fingerprint);
    if (again) {
      identity.forgetCredentials();
      identity.use(key);
    }
    identity.keep(registration);
    return registration;
  }
}
