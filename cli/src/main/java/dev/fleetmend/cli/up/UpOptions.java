package dev.fleetmend.cli.up;

import dev.fleetmend.cli.DataOption;
import dev.fleetmend.cli.ExitCode;
import dev.fleetmend.cli.Problem;
import dev.fleetmend.lab.Lab;
import dev.fleetmend.node.image.JdkModules;
import dev.fleetmend.node.image.Platform;
import dev.fleetmend.server.ServerConfig;
import dev.fleetmend.server.store.Engine;
import java.io.IOException;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** How {@code up} is told to run the server. */
final class UpOptions {
  private static final int USUAL_PORT = 8440;
  private static final Pattern NAME = Pattern.compile("[A-Za-z0-9.-]{1,253}|[0-9A-Fa-f:.]{2,45}");

  @Mixin private DataOption data = new DataOption();

  @Option(
      names = "--port",
      paramLabel = "PORT",
      description = "TCP port, 0 for any free one. Default: 8440")
  private int port = USUAL_PORT;

  @Option(
      names = "--bind",
      paramLabel = "ADDRESS",
      description = "Address to listen on; anything but loopback needs --tls. Default: 127.0.0.1")
  private String bind = "127.0.0.1";

  @Option(names = "--tls", description = "Speak TLS, with a private CA made in the data folder.")
  private boolean tls;

  @Option(
      names = "--tls-name",
      paramLabel = "NAME",
      description = {
        "One more name or address that the certificate is for, besides this machine's own",
        "addresses and host name. May be said again."
      })
  private List<String> tlsNames = new ArrayList<>();

  @Option(
      names = "--rotate-node-keys",
      paramLabel = "DAYS",
      description = "Have nodes change their keys when these are so old. Default: 0, never")
  private int rotateNodeKeys;

  @Option(
      names = "--audit-days",
      paramLabel = "DAYS",
      description = "How long the audit remembers changes and refusals. Default: 400")
  private int auditDays = (int) ServerConfig.AUDIT_KEPT.toDays();

  @Option(
      names = "--db",
      paramLabel = "URL",
      description = "JDBC URL of a PostgreSQL database. Default: SQLite in the data folder")
  private @Nullable String database;

  @Option(
      names = "--jmods",
      paramLabel = "DIR",
      description = {
        "Also make an image of the agent for the Linux processor that this folder of a JDK's",
        "modules (*.jmod, of this JDK's very release) is for. May be said again."
      })
  private List<Path> jmods = new ArrayList<>();

  @Option(
      names = "--no-local-node",
      negatable = false,
      description = "Do not make this machine a node.")
  private boolean noLocalNode;

  @Option(
      names = "--patch-this-machine",
      description = "Let patches be installed on this machine too; else its node only scans.")
  private boolean patchThisMachine;

  DataOption data() {
    return data;
  }

  boolean localNode() {
    return !noLocalNode;
  }

  boolean patchThisMachine() {
    return patchThisMachine;
  }

  /**
   * @throws Problem where the options contradict each other
   */
  ServerConfig config() {
    if (port < 0 || port > 65_535) {
      throw new Problem(ExitCode.USAGE, "--port takes 0 to 65535; nothing was started");
    }
    if (!tls && !loopback()) {
      throw new Problem(
          ExitCode.USAGE,
          "--bind "
              + bind
              + " can be reached from other machines and needs --tls; nothing was started");
    }
    if (rotateNodeKeys < 0) {
      throw new Problem(
          ExitCode.USAGE, "--rotate-node-keys takes days, 0 for never; nothing was started");
    }
    if (auditDays < 1) {
      throw new Problem(ExitCode.USAGE, "--audit-days takes one day or more; nothing was started");
    }
    for (String name : tlsNames) {
      if (!NAME.matcher(name).matches()) {
        throw new Problem(
            ExitCode.USAGE, "--tls-name takes a name or an address; nothing was started");
      }
    }
    if (!tls && !tlsNames.isEmpty()) {
      throw new Problem(ExitCode.USAGE, "--tls-name needs --tls; nothing was started");
    }
    List<String> names = new ArrayList<>(tlsNames);
    names.add(Lab.GATEWAY);
    requireKnownEngine();
    return new ServerConfig(
        data.folder().path(),
        database,
        ServerConfig.DEFAULT_REGION,
        ServerConfig.DEFAULT_ACCOUNT,
        bind,
        port,
        tls,
        names,
        Duration.ofDays(rotateNodeKeys),
        Duration.ofDays(auditDays));
  }

  /**
   * The platforms beside this machine's that there are to be images of the agent for.
   *
   * @throws Problem where none can be made
   */
  List<JdkModules> others() throws InterruptedException {
    List<JdkModules> others = new ArrayList<>();
    for (Path folder : jmods) {
      try {
        JdkModules modules = JdkModules.in(folder);
        if (modules.platform().equals(Platform.ofThisMachine())) {
          throw new IOException(
              "the modules in "
                  + folder
                  + " are for "
                  + modules.platform()
                  + ", this machine's own platform, which needs none");
        }
        others.add(modules);
      } catch (IOException e) {
        throw new Problem(ExitCode.USAGE, "--jmods: " + e.getMessage() + "; nothing was started");
      }
    }
    return others;
  }

  private void requireKnownEngine() {
    try {
      if (database != null) {
        Engine.of(database);
      }
    } catch (IllegalArgumentException e) {
      throw new Problem(ExitCode.USAGE, "--db: " + e.getMessage() + "; nothing was started");
    }
  }

  private boolean loopback() {
    try {
      return InetAddress.getByName(bind).isLoopbackAddress();
    } catch (UnknownHostException e) {
      throw new Problem(
          ExitCode.USAGE, "--bind " + bind + " is no address of this machine; nothing was started");
    }
  }
}
