package dev.fleetmend.cli.up;

import dev.fleetmend.cli.client.DataFolder;
import dev.fleetmend.node.image.AgentImage;
import dev.fleetmend.node.image.Platform;
import dev.fleetmend.server.install.AgentImages;
import java.io.IOException;
import java.time.Clock;

/**
 * Has a server give away the image of this program's agent. It is made beside the server's start,
 * which nobody should wait for, and only where there is none of this very program yet.
 */
final class AgentPublishing {
  private AgentPublishing() {}

  /** Begins; what goes wrong is said on standard error. */
  static void start(DataFolder folder) {
    Thread.ofPlatform().daemon().name("agent-image").start(() -> publish(folder));
  }

  private static void publish(DataFolder folder) {
    try {
      AgentImage image = AgentImage.in(AgentImage.usualCache(), Clock.systemUTC());
      AgentImages.of(folder.path())
          .publish(Platform.ofThisMachine(), image.archive(), image.sha256());
    } catch (IOException e) {
      System.err.println(
          "fleetmend: the agent's image could not be made ("
              + e.getMessage()
              + "); 'agent enroll --print' does not work until the server is started again");
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
