package dev.fleetmend.node.agent;

import dev.fleetmend.node.state.JsonFile;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The agent's configuration file, JSON in camel case; what is left out has its default.
 *
 * @param endpoint the server's address, http or https
 * @param region the server's region; {@code us-east-1}
 * @param caFile the only authority that an https server is trusted by; null for the host's own
 *     trust
 * @param stateDirectory where the agent keeps its state; {@code /var/lib/fleetmend}
 * @param readOnly whether this node refuses to install and to uninstall; false
 * @param commandWorkers how many commands run at a time, besides package operations; 5
 * @param heartbeatSeconds between two heartbeats; 300
 * @param rebootCommand program and arguments; {@code /sbin/shutdown -r now}
 */
public record AgentConfig(
    String endpoint,
    String region,
    @Nullable String caFile,
    String stateDirectory,
    boolean readOnly,
    int commandWorkers,
    int heartbeatSeconds,
    List<String> rebootCommand) {
  /** Where the file is unless it is said. */
  public static final Path USUAL_FILE = Path.of("/etc/fleetmend/agent.json");

  public AgentConfig {
    region = region.isEmpty() ? "us-east-1" : region;
    stateDirectory = stateDirectory.isEmpty() ? "/var/lib/fleetmend" : stateDirectory;
    commandWorkers = commandWorkers == 0 ? 5 : commandWorkers;
    heartbeatSeconds = heartbeatSeconds == 0 ? 300 : heartbeatSeconds;
    rebootCommand =
        rebootCommand.isEmpty()
            ? List.of("/sbin/shutdown", "-r", "now")
            : List.copyOf(rebootCommand);
  }

  /**
   * Reads the file.
   *
   * @throws IOException when it is missing or can't be used; the message says what to do
   */
  public static AgentConfig read(Path file) throws IOException {
    AgentConfig config = new JsonFile<>(file, AgentConfig.class).read();
    if (config == null) {
      throw new IOException(file + " is missing: enrol this host first (fleetmend-agent enroll)");
    }
    config.address();
    if (config.commandWorkers < 1 || config.heartbeatSeconds < 1) {
      throw new IOException(file + ": commandWorkers and heartbeatSeconds must be above 0");
    }
    return config;
  }

  /** Writes the file, mode 0600. */
  public void write(Path file) throws IOException {
    new JsonFile<>(file, AgentConfig.class).write(this);
  }

  /** The address, ending in a path. */
  public URI address() throws IOException {
    try {
      URI uri = URI.create(endpoint);
      boolean known = "http".equals(uri.getScheme()) || "https".equals(uri.getScheme());
      if (known && uri.getHost() != null && uri.getRawQuery() == null) {
        return uri.getRawPath().isEmpty() ? uri.resolve("/") : uri;
      }
    } catch (IllegalArgumentException e) {
      throw new IOException("endpoint " + endpoint + " is no address", e);
    }
    throw new IOException("endpoint " + endpoint + " is no http or https address");
  }

  /** The state folder. */
  public Path state() {
    return Path.of(stateDirectory);
  }
}
