package dev.fleetmend.swarm;

import dev.fleetmend.protocol.json.Naming;
import dev.fleetmend.protocol.json.RecordJson;
import dev.fleetmend.protocol.message.GetMessagesRequest;
import dev.fleetmend.protocol.message.RegisterManagedInstanceRequest;
import dev.fleetmend.protocol.message.RegisterManagedInstanceResponse;
import dev.fleetmend.protocol.message.RequestManagedInstanceRoleTokenRequest;
import dev.fleetmend.protocol.message.RequestManagedInstanceRoleTokenResponse;
import dev.fleetmend.protocol.message.UpdateInstanceInformationRequest;
import dev.fleetmend.protocol.sign.Credentials;
import java.security.KeyPair;
import java.util.Base64;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicLong;

/** One node that enrols, says that it is alive, and polls; it has no host behind it. */
final class SimulatedNode {
  private static final int VISIBILITY_SECONDS = 10;
  private final RecordJson json = new RecordJson(Naming.PASCAL);
  private final Wire wire;
  private final String instanceId;
  private final Credentials credentials;

  private SimulatedNode(Wire wire, String instanceId, Credentials credentials) {
    this.wire = wire;
    this.instanceId = instanceId;
    this.credentials = credentials;
  }

  /** Enrols a node with an activation and gets it its credentials. Nodes may share a key. */
  static CompletableFuture<SimulatedNode> enrol(Wire wire, Activation activation, KeyPair key) {
    RecordJson json = new RecordJson(Naming.PASCAL);
    String fingerprint = UUID.randomUUID().toString();
    byte[] registration =
        json.write(
            new RegisterManagedInstanceRequest(
                activation.code(),
                activation.id(),
                fingerprint,
                Base64.getEncoder().encodeToString(key.getPublic().getEncoded()),
                "Rsa"));
    return wire.call("AmazonSSM.RegisterManagedInstance", registration)
        .thenApply(answer -> json.read(answer, RegisterManagedInstanceResponse.class).instanceId())
        .thenCompose(
            instanceId ->
                wire.call(
                        "AmazonSSM.RequestManagedInstanceRoleToken",
                        json.write(new RequestManagedInstanceRoleTokenRequest(fingerprint)),
                        instanceId,
                        key.getPrivate())
                    .thenApply(
                        answer -> json.read(answer, RequestManagedInstanceRoleTokenResponse.class))
                    .thenApply(
                        token ->
                            new SimulatedNode(
                                wire,
                                instanceId,
                                new Credentials(
                                    token.accessKeyId(),
                                    token.secretAccessKey(),
                                    token.sessionToken()))));
  }

  CompletableFuture<byte[]> heartbeat() {
    return wire.call(
        "ssm",
        "AmazonSSM.UpdateInstanceInformation",
        json.write(
            new UpdateInstanceInformationRequest(
                instanceId,
                "swarm",
                "Active",
                "1.0.0",
                instanceId,
                "127.0.0.1",
                "Debian GNU/Linux",
                "Linux",
                "12",
                "ec2messages")),
        credentials);
  }

  /** Polls until {@code polls} are counted no more; each poll is held by the server. */
  CompletableFuture<Void> pollUntil(CompletableFuture<Void> end, AtomicLong polls) {
    if (end.isDone()) {
      return end;
    }
    byte[] body =
        json.write(
            new GetMessagesRequest(instanceId, UUID.randomUUID().toString(), VISIBILITY_SECONDS));
    return wire.call(
            "ec2messages", "EC2WindowsMessageDeliveryService.GetMessages", body, credentials)
        .thenCompose(
            answer -> {
              polls.incrementAndGet();
              return pollUntil(end, polls);
            });
  }
}
