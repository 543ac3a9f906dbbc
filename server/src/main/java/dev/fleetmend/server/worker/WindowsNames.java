package dev.fleetmend.server.worker;

import java.util.List;
import java.util.Locale;
import java.util.Map;

/** Windows Update's categories and versions in SSM's words. */
final class WindowsNames {
  /** The classification categories of Microsoft's catalogue, which are the same everywhere. */
  private static final Map<String, String> CLASSIFICATIONS =
      Map.of(
          "e6cf1350-c01b-414d-a61f-263d14d133b4", "CriticalUpdates",
          "e0789628-ce08-4437-be74-2495b842f43b", "DefinitionUpdates",
          "ebfc1fc5-71a4-4f7b-9aca-3b9a503104a0", "Drivers",
          "b54e7d24-7add-428f-8b75-90a396fa584f", "FeaturePacks",
          "0fa1201d-4330-4fa8-8ae9-b877473b6441", "SecurityUpdates",
          "68c5b0a3-d1a6-4553-ae49-01d3a7827828", "ServicePacks",
          "b4832bd8-e735-4761-8daf-37f882276dab", "Tools",
          "28bc880e-0592-4cbf-8f95-c79b17911d5f", "UpdateRollups",
          "cd5ffd1e-e932-4e3a-bf74-18bf0b1bbd83", "Updates",
          "3689bdc8-b205-4af4-8d4a-a63924c5e9d5", "Upgrades");

  /** What Microsoft calls servers since 2022. */
  private static final Map<String, String> SERVER_RELEASES =
      Map.of(
          "Microsoft Server operating system-21H2", "WindowsServer2022",
          "Microsoft Server operating system-24H2", "WindowsServer2025");

  private static final List<String> MSRC = List.of("Critical", "Important", "Moderate", "Low");

  private WindowsNames() {}

  /** The classification, by the category's id, else by its name. */
  static String classification(List<WindowsScan.Category> categories) {
    for (WindowsScan.Category category : categories) {
      String known = CLASSIFICATIONS.get(category.categoryId().toLowerCase(Locale.ROOT));
      if (known != null) {
        return known;
      }
    }
    return first(categories, "UpdateClassification").replace(" ", "");
  }

  /** {@code Windows Server 2019} is WindowsServer2019; of applications the name stays. */
  static String product(List<WindowsScan.Category> categories) {
    return product(first(categories, "Product"));
  }

  private static String product(String name) {
    String release = SERVER_RELEASES.get(name);
    if (release != null) {
      return release;
    }
    int comma = name.indexOf(',');
    String plain = comma < 0 ? name : name.substring(0, comma);
    return plain.startsWith("Windows") || plain.startsWith("Microsoft Defender")
        ? plain.replace(" ", "")
        : plain;
  }

  /** The family that the catalogue names, else the product's own name without its release. */
  static String productFamily(List<WindowsScan.Category> categories) {
    String product = product(categories);
    if (product.startsWith("Windows") || product.startsWith("MicrosoftDefender")) {
      return "Windows";
    }
    String family = first(categories, "ProductFamily");
    return family.isEmpty() ? product.replaceAll(" [0-9].*", "") : family;
  }

  static String patchSet(List<WindowsScan.Category> categories) {
    String family = productFamily(categories);
    return family.equals("Windows") || family.isEmpty() ? "OS" : "APPLICATION";
  }

  /** The product of a host by Win32_OperatingSystem's caption. */
  static String productOfCaption(String caption) {
    String name = caption.replace("Microsoft ", "").replace("(R)", "").strip();
    String[] words = name.split(" +", -1);
    StringBuilder product = new StringBuilder();
    for (String word : words) {
      boolean release = word.matches("[0-9.]+|Windows|Server|R2|[0-9]+LTSB");
      if (!release) {
        break;
      }
      product.append(word);
    }
    return product.toString();
  }

  /** MsrcSeverity as SSM spells it, empty where Microsoft gives none. */
  static String severity(String msrc) {
    for (String word : MSRC) {
      if (word.equalsIgnoreCase(msrc.strip())) {
        return word;
      }
    }
    return "";
  }

  static String rebootBehavior(int behavior) {
    return switch (behavior) {
      case 0 -> "NeverReboots";
      case 1 -> "AlwaysRequiresReboot";
      case 2 -> "CanRequestReboot";
      default -> "";
    };
  }

  private static String first(List<WindowsScan.Category> categories, String type) {
    return categories.stream()
        .filter(category -> category.type().equals(type))
        .map(WindowsScan.Category::name)
        .findFirst()
        .orElse("");
  }
}
