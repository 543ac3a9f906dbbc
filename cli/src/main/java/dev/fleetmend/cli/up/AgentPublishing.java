package dev.fleetmend.cli.up;

import dev.fleetmend.cli.client.DataFolder;
import dev.fleetmend.node.image.AgentImage;
import dev.fleetmend.node.image.JdkModules;
import dev.fleetmend.node.image.Platform;
import dev.fleetmend.server.install.AgentImages;
import java.io.IOException;
import java.time.Clock;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Has a server give away the images of this program's agent: one for this machine's platform, and
 * one for each whose JDK modules were named. They are made beside the server's start, which nobody
 * should wait for, and only where there are none of this very program yet.
 */
final class AgentPublishing {
  private AgentPublishing() {}

  /** Begins; what goes wrong is said on standard error. */
  static void start(DataFolder folder, List<JdkModules> others) {
    Thread.ofPlatform()
        .daemon()
        .name("agent-image")
        .start(
            () -> {
              publish(folder, Platform.ofThisMachine(), null);
              others.forEach(modules -> publish(folder, modules.platform(), modules));
            });
  }

  private static void publish(DataFolder folder, String platform, @Nullable JdkModules modules) {
    try {
      AgentImage image = AgentImage.in(AgentImage.usualCache(), Clock.systemUTC(), modules);
      AgentImages.of(folder.path()).publish(platform, image.archive(), image.sha256());
    } catch (IOException e) {
      System.err.println(
          "fleetmend: the agent's image for "
              + platform
              + " could not be made ("
              + e.getMessage()
              + "); hosts of that platform cannot be enrolled with 'agent enroll --print' until the"
              + " server is started again");
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
