package dev.fleetmend.node.agent;

import dev.fleetmend.node.AgentLog;
import dev.fleetmend.node.NodeVersion;
import dev.fleetmend.node.host.OsRelease;
import dev.fleetmend.node.http.Call;
import dev.fleetmend.node.http.ServiceClient;
import dev.fleetmend.node.http.Target;
import dev.fleetmend.node.patch.RefusedException;
import dev.fleetmend.protocol.message.Empty;
import dev.fleetmend.protocol.message.UpdateInstanceInformationRequest;
import java.io.IOException;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.UnknownHostException;
import java.time.Duration;

/** Tells the server that this node lives, at once and then at a steady pace. */
final class Heartbeat {
  private final ServiceClient server;
  private final String instanceId;
  private final Duration pace;
  private final Backoff backoff;
  private final AgentLog log;

  Heartbeat(ServiceClient server, String instanceId, Duration pace, Backoff backoff, AgentLog log) {
    this.server = server;
    this.instanceId = instanceId;
    this.pace = pace;
    this.backoff = backoff;
    this.log = log;
  }

  /** Beats until the thread is interrupted. */
  void run() throws InterruptedException {
    boolean told = false;
    while (true) {
      try {
        server.call(Call.of(Target.SSM, "UpdateInstanceInformation"), beat(), Empty.class);
        backoff.succeeded();
        if (!told) {
          log.info("known to " + server.endpoint() + " as " + instanceId);
          told = true;
        }
        Thread.sleep(pace);
      } catch (IOException | RefusedException e) {
        Duration pause = backoff.failed();
        if (backoff.firstFailure()) {
          log.warn("no heartbeat reached " + server.endpoint() + ", trying on", e);
        }
        Thread.sleep(pause);
      }
    }
  }

  private UpdateInstanceInformationRequest beat() throws IOException {
    OsRelease os = OsRelease.ofThisHost();
    return new UpdateInstanceInformationRequest(
        instanceId,
        NodeVersion.AGENT_NAME,
        "Active",
        NodeVersion.VERSION,
        computerName(),
        ownAddress(),
        os.name(),
        "Linux",
        os.version(),
        "ec2messages");
  }

  private static String computerName() {
    try {
      return InetAddress.getLocalHost().getHostName();
    } catch (UnknownHostException e) {
      String named = System.getenv("HOSTNAME");
      return named == null ? "localhost" : named;
    }
  }

  /** The address that packets to the server leave from; nothing is sent to find it out. */
  private String ownAddress() {
    URI address = server.endpoint();
    try (DatagramSocket socket = new DatagramSocket()) {
      socket.connect(new InetSocketAddress(address.getHost(), 9));
      return socket.getLocalAddress().getHostAddress();
    } catch (IOException | IllegalArgumentException e) {
      return "";
    }
  }
}
