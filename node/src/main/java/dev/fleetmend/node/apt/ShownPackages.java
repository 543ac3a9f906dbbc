package dev.fleetmend.node.apt;

import dev.fleetmend.node.manager.PackageSize;
import dev.fleetmend.patching.fact.PackageVersion;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What the archives' signed indexes say of package files, as {@code apt-cache show} prints it. */
final class ShownPackages {
  private static final int KIB = 1024;

  /**
   * One package file.
   *
   * @param sha256 hex
   */
  record Shown(String sha256, PackageSize size) {}

  private ShownPackages() {}

  /** Those that an archive offers; what only dpkg knows has no package file, and is left out. */
  static Map<PackageVersion, Shown> of(AptCommands commands, Collection<PackageVersion> versions)
      throws IOException {
    if (versions.isEmpty()) {
      return Map.of();
    }
    List<String> arguments = new ArrayList<>(List.of("show", "--no-all-versions"));
    versions.forEach(version -> arguments.add(AptNames.exact(version)));
    Map<PackageVersion, Shown> shown = parse(commands.aptCache(arguments).output());
    shown.keySet().retainAll(List.copyOf(versions));
    return shown;
  }

  static Map<PackageVersion, Shown> parse(String output) {
    Map<PackageVersion, Shown> shown = new HashMap<>();
    for (String paragraph : output.split("\n\n", -1)) {
      Map<String, String> fields = fields(paragraph);
      String sha256 = fields.get("SHA256");
      if (sha256 != null) {
        shown.put(
            new PackageVersion(
                fields.getOrDefault("Package", ""),
                fields.getOrDefault("Architecture", ""),
                fields.getOrDefault("Version", "")),
            new Shown(
                sha256,
                new PackageSize(
                    number(fields.get("Size")),
                    false,
                    number(fields.get("Installed-Size")) * KIB)));
      }
    }
    return shown;
  }

  private static Map<String, String> fields(String paragraph) {
    Map<String, String> fields = new HashMap<>();
    for (String line : paragraph.lines().toList()) {
      int colon = line.indexOf(": ");
      if (colon > 0 && line.charAt(0) != ' ') {
        fields.put(line.substring(0, colon), line.substring(colon + 2));
      }
    }
    return fields;
  }

  private static long number(@Nullable String text) {
    return text != null && text.matches("\\d{1,15}") ? Long.parseLong(text) : 0;
  }
}
