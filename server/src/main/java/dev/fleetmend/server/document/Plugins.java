package dev.fleetmend.server.document;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The plugins that agents have, and the platforms that each runs on. */
final class Plugins {
  /** In the order in which the API lists them. */
  static final List<String> PLATFORMS = List.of("Windows", "Linux", "MacOS");

  private static final List<String> WINDOWS = List.of("Windows");
  private static final List<String> WINDOWS_AND_LINUX = List.of("Windows", "Linux");
  private static final Map<String, List<String>> PLATFORMS_OF =
      Map.ofEntries(
          Map.entry("aws:runShellScript", List.of("Linux", "MacOS")),
          Map.entry("aws:runPowerShellScript", PLATFORMS),
          Map.entry("aws:runDocument", PLATFORMS),
          Map.entry("aws:downloadContent", PLATFORMS),
          Map.entry("aws:softwareInventory", PLATFORMS),
          Map.entry("aws:updateSsmAgent", PLATFORMS),
          Map.entry("aws:refreshAssociation", PLATFORMS),
          Map.entry("aws:configurePackage", PLATFORMS),
          Map.entry("aws:domainJoin", WINDOWS_AND_LINUX),
          Map.entry("aws:configureDocker", WINDOWS_AND_LINUX),
          Map.entry("aws:runDockerAction", WINDOWS_AND_LINUX),
          Map.entry("aws:applications", WINDOWS),
          Map.entry("aws:psModule", WINDOWS),
          Map.entry("aws:cloudWatch", WINDOWS),
          Map.entry("aws:updateAgent", WINDOWS));

  private Plugins() {}

  /** Where a plugin runs, or null where no agent has it. */
  static @Nullable List<String> platformsOf(String plugin) {
    return PLATFORMS_OF.get(plugin);
  }

  static String names() {
    return String.join(", ", PLATFORMS_OF.keySet().stream().sorted().toList());
  }
}
