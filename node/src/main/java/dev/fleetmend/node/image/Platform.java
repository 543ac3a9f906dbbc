package dev.fleetmend.node.image;

import java.util.Locale;

/** The platform that this machine's JDK makes images for, as addresses name it. */
public final class Platform {
  private Platform() {}

  /** Such as {@code linux-x64}. */
  public static String ofThisMachine() {
    String system = System.getProperty("os.name").toLowerCase(Locale.ROOT);
    String processor = System.getProperty("os.arch");
    return system
        + "-"
        + switch (processor) {
          case "amd64", "x86_64" -> "x64";
          case "aarch64" -> "arm64";
          default -> processor;
        };
  }
}
