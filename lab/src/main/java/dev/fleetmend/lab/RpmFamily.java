package dev.fleetmend.lab;

import java.util.Locale;

/** The families of distributions with rpm packages, and how each words what it publishes. */
public enum RpmFamily {
  /** As Rocky Linux does it, with dnf. */
  DNF(BaseRoot.RPM_DNF, "RL", "/etc/yum.repos.d"),

  /** As Red Hat does it, with dnf 5. */
  DNF5(BaseRoot.RPM_DNF5, "RH", "/etc/yum.repos.d"),

  /** As Red Hat Enterprise Linux 7 does it, with yum 3. */
  YUM(BaseRoot.RPM_YUM, "RH", "/etc/yum.repos.d"),

  /** As SUSE does it, with zypper. */
  ZYPPER(BaseRoot.RPM_ZYPPER, "SUSE-", "/etc/zypp/repos.d");

  private final BaseRoot root;
  private final String prefix;
  private final String sources;

  RpmFamily(BaseRoot root, String prefix, String sources) {
    this.root = root;
    this.prefix = prefix;
    this.sources = sources;
  }

  /** The root that hosts of this family are booted on. */
  public BaseRoot root() {
    return root;
  }

  /** The folder of a host where the files lie that name its repositories. */
  public String sources() {
    return sources;
  }

  /** The folder of its archive. */
  String folder() {
    return "rpm-" + name().toLowerCase(Locale.ROOT);
  }

  /** The name of the kernel's package, of which several versions can be installed. */
  public String kernel() {
    return this == ZYPPER ? "kernel-default" : "kernel";
  }

  /** What has its package manager forget all that it fetched. */
  public String[] cleanCommand() {
    return switch (this) {
      case DNF, DNF5 -> new String[] {"dnf", "-q", "clean", "all"};
      case YUM -> new String[] {"yum", "-q", "clean", "all"};
      case ZYPPER -> new String[] {"zypper", "-nq", "clean"};
    };
  }

  String id(Advisory.Kind kind, int number) {
    String letters = String.valueOf(kind.name().charAt(0));
    return this == ZYPPER
        ? "%s15-SP5-2026-%d".formatted(prefix, number)
        : "%s%sA-2026:%04d".formatted(prefix, letters, number);
  }

  /** The word for a kind of notice in updateinfo.xml. */
  String word(Advisory.Kind kind) {
    return switch (kind) {
      case SECURITY -> "security";
      case BUGFIX -> this == ZYPPER ? "recommended" : "bugfix";
      case ENHANCEMENT -> this == ZYPPER ? "optional" : "enhancement";
    };
  }

  /** The word for a severity in updateinfo.xml. */
  String severity(String severity) {
    return this == ZYPPER ? severity.toLowerCase(Locale.ROOT) : severity;
  }
}
