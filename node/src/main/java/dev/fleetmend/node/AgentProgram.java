package dev.fleetmend.node;

import java.nio.file.Path;
import java.util.List;

/** How this very program is started again. */
final class AgentProgram {
  private AgentProgram() {}

  /** Program and options, to which a command is to be added. */
  static List<String> withConfig(Path configFile) {
    String config = configFile.toAbsolutePath().toString();
    String launcher = System.getProperty("fleetmend.launcher");
    return launcher == null
        ? List.of(
            Path.of(System.getProperty("java.home"), "bin", "java").toString(),
            "-cp",
            System.getProperty("java.class.path"),
            FleetmendAgent.class.getName(),
            "--config",
            config)
        : List.of(launcher, "--config", config);
  }
}
