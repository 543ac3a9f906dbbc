package dev.fleetmend.node.image;

import java.util.Locale;

/** Platforms of images, as addresses name them. */
public final class Platform {
  private Platform() {}

  /** The one that this machine's JDK makes images for, such as {@code linux-x64}. */
  public static String ofThisMachine() {
    return of(
        System.getProperty("os.name").toLowerCase(Locale.ROOT), System.getProperty("os.arch"));
  }

  /** By the JDK's words for a system and a processor. */
  static String of(String system, String processor) {
    return system
        + "-"
        + switch (processor) {
          case "amd64", "x86_64" -> "x64";
          case "aarch64" -> "arm64";
          default -> processor;
        };
  }
}
