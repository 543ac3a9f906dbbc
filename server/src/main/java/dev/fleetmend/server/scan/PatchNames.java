package dev.fleetmend.server.scan;

/** How Linux packages are named as patches. */
public final class PatchNames {
  private PatchNames() {}

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
