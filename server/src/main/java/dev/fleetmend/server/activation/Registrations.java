package dev.fleetmend.server.activation;

import dev.fleetmend.api.ApiException;
import dev.fleetmend.protocol.message.RegisterManagedInstanceRequest;
import dev.fleetmend.protocol.message.RegisterManagedInstanceResponse;
import dev.fleetmend.server.node.Nodes;
import dev.fleetmend.server.node.PublicKeys;
import dev.fleetmend.server.node.Registration;
import dev.fleetmend.server.operation.Caller;
import dev.fleetmend.server.operation.Operations;
import dev.fleetmend.server.store.Store;
import dev.fleetmend.server.tag.TagDirectory;
import java.time.Clock;
import org.jdbi.v3.core.Handle;

/** RegisterManagedInstance: a host shows an activation's code and becomes a managed node. */
public final class Registrations {
  /** What the tags of activations are kept under; they go to the nodes that register. */
  static final String TAGS = "Activation";

  private static final int LONGEST_FINGERPRINT = 256;
  private final Store store;
  private final Clock clock;
  private final Nodes nodes;
  private final TagDirectory tags;
  private final ActivationRows rows = new ActivationRows();

  public Registrations(Store store, Clock clock, Nodes nodes, TagDirectory tags) {
    this.store = store;
    this.clock = clock;
    this.nodes = nodes;
    this.tags = tags;
  }

  public void offer(Operations operations) {
    operations.on(
        "AmazonSSM.RegisterManagedInstance", RegisterManagedInstanceRequest.class, this::register);
  }

  private RegisterManagedInstanceResponse register(
      RegisterManagedInstanceRequest request, Caller caller) {
    if (request.fingerprint().isEmpty() || request.fingerprint().length() > LONGEST_FINGERPRINT) {
      throw new ApiException("ValidationException", "Fingerprint must have 1 to 256 characters.");
    }
    PublicKeys.rsa(request.publicKey());
    return store.write(tx -> new RegisterManagedInstanceResponse(register(tx, request)));
  }

  private String register(Handle tx, RegisterManagedInstanceRequest request) {
    StoredActivation activation =
        rows.find(tx, request.activationId())
            .filter(a -> ActivationCodes.matches(request.activationCode(), a.codeHash()))
            .orElseThrow(
                () ->
                    new ApiException(
                        "InvalidActivation", "The activation ID or the code is not valid."));
    if (activation.expired(clock.instant())) {
      throw new ApiException(
          "InvalidActivation", "Activation " + activation.id() + " has expired.");
    }
    if (!rows.use(tx, activation.id())) {
      throw new ApiException(
          "RegistrationLimitExceeded",
          "Activation "
              + activation.id()
              + " has been used for all of its "
              + activation.registrationLimit()
              + " registrations.");
    }
    return nodes.register(
        tx,
        new Registration(
            activation.id(),
            activation.iamRole(),
            activation.defaultInstanceName(),
            request.fingerprint(),
            request.publicKey(),
            tags.of(tx, TAGS, activation.id())));
  }
}
