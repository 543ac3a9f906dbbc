package dev.fleetmend.cli.declare;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** Keys and values of patch filters for one operating system, in SSM's spelling. */
final class FilterVocabulary {
  private static final List<String> RPM_KEYS = List.of("PRODUCT", "CLASSIFICATION", "SEVERITY");
  private static final List<String> DEB_KEYS = List.of("PRODUCT", "PRIORITY", "SECTION");
  private static final List<String> WINDOWS_KEYS =
      List.of(
          "PATCH_SET", "PRODUCT", "PRODUCT_FAMILY", "CLASSIFICATION", "MSRC_SEVERITY", "PATCH_ID");

  private static final Map<String, List<String>> KEYS =
      Map.ofEntries(
          Map.entry("WINDOWS", WINDOWS_KEYS),
          Map.entry("AMAZON_LINUX", RPM_KEYS),
          Map.entry("AMAZON_LINUX_2", RPM_KEYS),
          Map.entry("AMAZON_LINUX_2022", RPM_KEYS),
          Map.entry("AMAZON_LINUX_2023", RPM_KEYS),
          Map.entry("UBUNTU", DEB_KEYS),
          Map.entry("REDHAT_ENTERPRISE_LINUX", RPM_KEYS),
          Map.entry("SUSE", RPM_KEYS),
          Map.entry("CENTOS", RPM_KEYS),
          Map.entry("ORACLE_LINUX", RPM_KEYS),
          Map.entry("DEBIAN", DEB_KEYS),
          Map.entry("MACOS", List.of("PRODUCT", "CLASSIFICATION")),
          Map.entry("RASPBIAN", DEB_KEYS),
          Map.entry("ROCKY_LINUX", RPM_KEYS),
          Map.entry("ALMA_LINUX", RPM_KEYS));

  /** What people call the id of a Windows update. */
  private static final List<String> KB = List.of("kb", "kbid", "kbnumber", "kbarticle");

  private static final Map<String, List<String>> WINDOWS_VALUES =
      Map.of(
          "PATCH_SET", List.of("OS", "APPLICATION"),
          "CLASSIFICATION",
              List.of(
                  "CriticalUpdates",
                  "DefinitionUpdates",
                  "Drivers",
                  "FeaturePacks",
                  "SecurityUpdates",
                  "ServicePacks",
                  "Tools",
                  "UpdateRollups",
                  "Updates",
                  "Upgrades"),
          "MSRC_SEVERITY", List.of("Critical", "Important", "Moderate", "Low", "Unspecified"));
  private static final Map<String, List<String>> DEB_VALUES =
      Map.of("PRIORITY", List.of("Required", "Important", "Standard", "Optional", "Extra"));
  private static final Map<String, List<String>> SUSE_VALUES =
      Map.of(
          "CLASSIFICATION",
              List.of("Security", "Recommended", "Optional", "Feature", "Document", "Yast"),
          "SEVERITY", List.of("Critical", "Important", "Moderate", "Low"));
  private static final Map<String, List<String>> RPM_VALUES =
      Map.of(
          "CLASSIFICATION",
              List.of("Security", "Bugfix", "Enhancement", "Recommended", "Newpackage"),
          "SEVERITY", List.of("Critical", "Important", "Medium", "Moderate", "Low", "None"));

  private final String system;

  FilterVocabulary(String system) {
    this.system = system;
  }

  static List<String> systems() {
    return KEYS.keySet().stream().sorted().toList();
  }

  /** Whether approval needs a delay or a date; apt's metadata has no release dates. */
  boolean hasReleaseDates() {
    return !keys().equals(DEB_KEYS);
  }

  /** The key in SSM's spelling; {@code kb} is the PATCH_ID of Windows updates. */
  String key(Source source, int line, String given) {
    if (system.equals("WINDOWS") && KB.contains(Spelling.loose(given))) {
      return "PATCH_ID";
    }
    return Spelling.match(given, keys())
        .orElseThrow(() -> source.refuseWord(line, "filter key", given, keys()));
  }

  /** The values in SSM's spelling; products, sections and patch ids are free. */
  List<String> values(Source source, int line, String key, List<String> given) {
    List<String> known = known(key);
    List<String> values = new ArrayList<>();
    for (String value : given) {
      if (value.equals("*")) {
        values.add(value);
      } else if (key.equals("PATCH_ID")) {
        values.add(value.strip().toUpperCase(Locale.ROOT));
      } else if (known.isEmpty()) {
        values.add(value);
      } else {
        values.add(
            Spelling.match(value, known)
                .orElseThrow(() -> source.refuseWord(line, key, value, known)));
      }
    }
    return values;
  }

  private List<String> keys() {
    return KEYS.getOrDefault(system, WINDOWS_KEYS);
  }

  private List<String> known(String key) {
    Map<String, List<String>> values =
        switch (system) {
          case "WINDOWS" -> WINDOWS_VALUES;
          case "SUSE" -> SUSE_VALUES;
          case "MACOS" -> Map.of();
          default -> hasReleaseDates() ? RPM_VALUES : DEB_VALUES;
        };
    return values.getOrDefault(key, List.of());
  }
}
