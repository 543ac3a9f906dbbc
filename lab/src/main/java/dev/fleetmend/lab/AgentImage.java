package dev.fleetmend.lab;

import dev.fleetmend.node.patch.PatchRun;
import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;

/** The agent with a small Java of its own in one folder, for hosts that have no Java. */
public final class AgentImage {
  /** Where a host sees it. */
  public static final String IN_HOST = "/opt/fleetmend";

  private static final String LAUNCHER =
      """
      #!/bin/sh
      # Small heap and one compiler: an idle agent should cost its host little.
      exec @HOME@/jre/bin/java -XX:+UseSerialGC -Xms4m -Xmx96m -Xss256k -XX:TieredStopAtLevel=1 \\
        -XX:ReservedCodeCacheSize=16m -XX:+UseCompactObjectHeaders -Xshare:auto \\
        -Dfleetmend.launcher=@HOME@/bin/fleetmend-agent \\
        -cp '@HOME@/lib/jspecify:@HOME@/lib/jackson:@HOME@/lib/protocol:@HOME@/lib/patching:@HOME@/lib/node' \\
        dev.fleetmend.node.FleetmendAgent "$@"
      """;

  private final Path folder;

  private AgentImage(Path folder) {
    this.folder = folder;
  }

  /** The image in this folder; made from this program's own Java and classes unless it is there. */
  public static AgentImage in(Path folder) {
    if (!Files.isDirectory(folder)) {
      Path making = folder.resolveSibling(folder.getFileName() + ".making");
      Folders.remove(making);
      Folders.make(making.resolve("lib"));
      java(making.resolve("jre"));
      copy(member("org.jspecify.annotations.Nullable"), making.resolve("lib/jspecify"));
      copy(member("com.fasterxml.jackson.core.JsonFactory"), making.resolve("lib/jackson"));
      copy(member("dev.fleetmend.protocol.json.RecordJson"), making.resolve("lib/protocol"));
      copy(member("dev.fleetmend.patching.fact.HostFacts"), making.resolve("lib/patching"));
      copy(PatchRun.class, making.resolve("lib/node"));
      launcher(Folders.make(making.resolve("bin")).resolve("fleetmend-agent"));
      Execution.local("mv", making.toString(), folder.toString()).run().orThrow();
    }
    return new AgentImage(folder);
  }

  Path folder() {
    return folder;
  }

  private static void java(Path target) {
    Execution.local(
            Path.of(System.getProperty("java.home"), "bin", "jlink").toString(),
            "--add-modules",
            "java.base,java.xml",
            "--strip-debug",
            "--no-header-files",
            "--no-man-pages",
            "--output",
            target.toString())
        .run()
        .orThrow();
  }

  /** A class of a library that the agent needs, and the lab does not. */
  private static Class<?> member(String name) {
    try {
      return Class.forName(name);
    } catch (ClassNotFoundException e) {
      throw new LabException("the agent's classes are not here: " + name, e);
    }
  }

  /** A jar or a folder of classes, whichever this program runs from. */
  private static void copy(Class<?> member, Path target) {
    try {
      Path source = Path.of(member.getProtectionDomain().getCodeSource().getLocation().toURI());
      Execution.local("cp", "-a", source.toString(), target.toString()).run().orThrow();
    } catch (URISyntaxException e) {
      throw new LabException("cannot find the classes of " + member.getName(), e);
    }
  }

  private static void launcher(Path file) {
    try {
      Files.writeString(file, LAUNCHER.replace("@HOME@", IN_HOST));
      Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rwxr-xr-x"));
    } catch (IOException e) {
      throw new LabException("cannot write " + file, e);
    }
  }
}
