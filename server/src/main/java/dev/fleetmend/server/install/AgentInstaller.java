package dev.fleetmend.server.install;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Answer to {@code Fleetmend.GetAgentInstaller}: what the command that installs the agent is made
 * of.
 *
 * @param path of the script on this server
 * @param keyPin of the server's key, as {@code curl --pinnedpubkey} takes it; null without TLS
 * @param names DNS names and addresses in the server's certificate; empty without TLS
 * @param images those that the server has
 */
public record AgentInstaller(
    String path, @Nullable String keyPin, List<String> names, List<Image> images) {
  public AgentInstaller {
    names = List.copyOf(names);
    images = List.copyOf(images);
  }

  /**
   * One image.
   *
   * @param platform such as {@code linux-x64}
   * @param sha256 of its archive, in hex
   */
  public record Image(String platform, String sha256) {}
}
