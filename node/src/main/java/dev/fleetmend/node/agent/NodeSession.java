package dev.fleetmend.node.agent;

import dev.fleetmend.node.AgentLog;
import dev.fleetmend.node.http.ClockSkew;
import dev.fleetmend.node.http.PinnedTls;
import dev.fleetmend.node.http.ServiceClient;
import dev.fleetmend.node.identity.CredentialSigning;
import dev.fleetmend.node.identity.IdentityFolder;
import dev.fleetmend.node.identity.Registration;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;

/**
 * An enrolled node and its signed way to the server.
 *
 * @param server signs with this node's temporary credentials
 */
public record NodeSession(
    Registration registration, IdentityFolder identity, ServiceClient server) {
  /**
   * The session of the node whose state the configuration names.
   *
   * @throws IOException when it was never enrolled, or its state can't be used
   */
  public static NodeSession open(AgentConfig config, Clock clock, AgentLog log) throws IOException {
    IdentityFolder identity = new IdentityFolder(config.state());
    Registration registration = identity.registration();
    if (registration == null) {
      throw new IOException(
          config.state()
              + " holds no registration: enrol this host first (fleetmend-agent enroll)");
    }
    ServiceClient plain = unsigned(config, clock, log);
    CredentialSigning signing = new CredentialSigning(identity, registration, plain, clock, log);
    return new NodeSession(registration, identity, plain.signedBy(signing));
  }

  /** A client of the configured server that does not sign. */
  public static ServiceClient unsigned(AgentConfig config, Clock clock, AgentLog log)
      throws IOException {
    String ca = config.caFile();
    return ServiceClient.to(
        config.address(),
        ca == null ? null : PinnedTls.forThisProcess(Path.of(ca)),
        new ClockSkew(clock, log));
  }
}
