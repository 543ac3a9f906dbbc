package dev.fleetmend.server.node;

import dev.fleetmend.protocol.message.Empty;
import dev.fleetmend.protocol.message.RegisterManagedInstanceRequest;
import dev.fleetmend.protocol.message.RegisterManagedInstanceResponse;
import dev.fleetmend.protocol.message.RequestManagedInstanceRoleTokenRequest;
import dev.fleetmend.protocol.message.RequestManagedInstanceRoleTokenResponse;
import dev.fleetmend.protocol.message.UpdateInstanceInformationRequest;
import dev.fleetmend.server.TestKeys;
import dev.fleetmend.server.TestServer;
import dev.fleetmend.server.operation.Caller;
import java.util.Map;
import java.util.UUID;
import software.amazon.awssdk.services.ssm.model.CreateActivationRequest;
import software.amazon.awssdk.services.ssm.model.CreateActivationResponse;
import software.amazon.awssdk.services.ssm.model.Tag;

/** A host that has enrolled, as the server sees it behind its HTTP face. */
public record TestHost(
    TestServer server, String id, String name, String fingerprint, String publicKey) {

  /** Enrols a host by an activation of its own. */
  public static TestHost enrol(TestServer server, String name) {
    return enrol(server, name, Map.of());
  }

  /** Enrols a host whose activation carries tags. */
  public static TestHost enrol(TestServer server, String name, Map<String, String> tags) {
    return enrol(server, name, tags, UUID.randomUUID().toString());
  }

  /** Enrols a host of a platform and has it beat. */
  public static TestHost online(TestServer server, String name, Map<String, String> tags) {
    TestHost host = enrol(server, name, tags);
    host.beat();
    return host;
  }

  TestHost enrolAgain(TestServer again) {
    return enrol(again, name, Map.of(), fingerprint);
  }

  private static TestHost enrol(
      TestServer server, String name, Map<String, String> tags, String fingerprint) {
    CreateActivationResponse activation =
        server.call(
            CreateActivationRequest.builder()
                .iamRole("fleet")
                .tags(
                    tags.entrySet().stream()
                        .map(t -> Tag.builder().key(t.getKey()).value(t.getValue()).build())
                        .toList())
                .build(),
            CreateActivationResponse.class);
    String key = TestKeys.nextPublic();
    String id =
        server
            .call(
                "AmazonSSM.RegisterManagedInstance",
                new RegisterManagedInstanceRequest(
                    activation.activationCode(),
                    activation.activationId(),
                    fingerprint,
                    key,
                    "Rsa"),
                new Caller.Anonymous(),
                RegisterManagedInstanceResponse.class)
            .instanceId();
    return new TestHost(server, id, name, fingerprint, key);
  }

  public Caller caller() {
    return new Caller.Node(id);
  }

  /** Sends a full heartbeat. */
  public void beat() {
    server.call("AmazonSSM.UpdateInstanceInformation", heartbeat(), caller(), Empty.class);
  }

  UpdateInstanceInformationRequest heartbeat() {
    return new UpdateInstanceInformationRequest(
        id,
        "amazon-ssm-agent",
        "Active",
        "3.3.1142.0",
        name,
        "10.0.3.14",
        "Debian GNU/Linux",
        "Linux",
        "12",
        "ec2messages");
  }

  RequestManagedInstanceRoleTokenResponse roleToken(String shownFingerprint) {
    return server.call(
        "AmazonSSM.RequestManagedInstanceRoleToken",
        new RequestManagedInstanceRoleTokenRequest(shownFingerprint),
        caller(),
        RequestManagedInstanceRoleTokenResponse.class);
  }
}
