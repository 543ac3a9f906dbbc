package dev.fleetmend.node.image;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A JDK's modules for another platform: a folder of jmod files, as JDKs have it in {@code jmods} or
 * come with it apart (JEP 493).
 *
 * @param platform as addresses name it, such as {@code linux-arm64}
 */
public record JdkModules(Path folder, String platform) {
  private static final Pattern VERSION = Pattern.compile("(?m)^java\\.base@(\\S+)");
  private static final Pattern TARGET = Pattern.compile("(?m)^platform (\\S+)-(\\S+)$");

  /**
   * Those of a folder.
   *
   * @throws IOException where no image can be made of them; the message says why
   */
  public static JdkModules in(Path folder) throws IOException, InterruptedException {
    for (String module : ImageBuild.MODULES) {
      if (!Files.isReadable(folder.resolve(module + ".jmod"))) {
        throw new IOException(folder + " has no " + module + ".jmod that can be read");
      }
    }
    String described =
        Tool.run(
            Path.of(System.getProperty("java.home"), "bin", "jmod").toString(),
            "describe",
            folder.resolve("java.base.jmod").toString());
    Matcher version = VERSION.matcher(described);
    Matcher target = TARGET.matcher(described);
    if (!version.find() || !target.find()) {
      throw new IOException(folder + " does not say of which JDK and for which platform it is");
    }
    if (!Runtime.Version.parse(version.group(1)).version().equals(Runtime.version().version())) {
      throw new IOException(
          "the modules in %s are of JDK %s, and this is JDK %s; both must be of one release"
              .formatted(folder, version.group(1), release()));
    }
    if (!target.group(1).equals("linux")) {
      throw new IOException(
          "the modules in %s are for %s-%s; there is an agent for Linux only"
              .formatted(folder, target.group(1), target.group(2)));
    }
    return new JdkModules(folder, Platform.of(target.group(1), target.group(2)));
  }

  private static String release() {
    return String.join(
        ".", Runtime.version().version().stream().map(number -> number.toString()).toList());
  }
}
