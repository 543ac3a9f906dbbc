package dev.fleetmend.server.scan;

import dev.fleetmend.patching.decision.PatchStatus;

/** How packages and updates are named as patches. */
public final class PatchNames {
  private PatchNames() {}

  /** {@code name.arch} of a package; of an update its own id, such as {@code KB5031364}. */
  public static String kbId(PatchStatus status) {
    return status.title() == null ? kbId(status.name(), status.arch()) : status.name();
  }

  /** {@code name.arch:epoch:version-release} of a package; of an update its own title. */
  public static String title(PatchStatus status) {
    String title = status.title();
    return title == null ? title(status.name(), status.arch(), status.version()) : title;
  }

  /** {@code name.arch} */
  public static String kbId(String name, String arch) {
    return arch.isEmpty() ? name : name + "." + arch;
  }

  /** {@code name.arch:epoch:version-release} */
  public static String title(String name, String arch, String version) {
    String id = kbId(name, arch);
    if (version.isEmpty()) {
      return id;
    }
    return version.indexOf(':') < 0 ? id + ":0:" + version : id + ":" + version;
  }
}
