package dev.fleetmend.lab;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;

/** The commands the lab needs on this machine, and the Debian packages that hold them. */
final class Tools {
  private static final Map<String, String> PACKAGES =
      Map.ofEntries(
          Map.entry("mmdebstrap", "mmdebstrap"),
          Map.entry("dpkg-deb", "dpkg"),
          Map.entry("apt-ftparchive", "apt-utils"),
          Map.entry("rpmbuild", "rpm"),
          Map.entry("rpmsign", "rpm"),
          Map.entry("createrepo_c", "createrepo-c"),
          Map.entry("modifyrepo_c", "createrepo-c"),
          Map.entry("gpg", "gnupg"),
          Map.entry("ip", "iproute2"),
          Map.entry("socat", "socat"),
          Map.entry("systemd-nspawn", "systemd-container"),
          Map.entry("unshare", "util-linux"),
          Map.entry("nsenter", "util-linux"),
          Map.entry("flock", "util-linux"));

  private Tools() {}

  /**
   * Checks that the commands are there and that this is root.
   *
   * @throws LabException naming the packages to install
   */
  static void require(String... commands) {
    missing(List.of(commands))
        .ifPresent(
            reason -> {
              throw new LabException(reason);
            });
  }

  /** Why no host can run on this machine, if so. */
  static Optional<String> missing(Collection<String> commands) {
    if (!"root".equals(System.getProperty("user.name"))) {
      return Optional.of("the lab makes namespaces and mounts: run it as root");
    }
    TreeSet<String> packages = new TreeSet<>();
    for (String command : commands) {
      if (!onPath(command)) {
        packages.add(PACKAGES.getOrDefault(command, command));
      }
    }
    return packages.isEmpty()
        ? Optional.empty()
        : Optional.of(
            "the lab needs commands that are not here: apt-get install "
                + String.join(" ", packages));
  }

  private static boolean onPath(String command) {
    String path = System.getenv().getOrDefault("PATH", "/usr/sbin:/usr/bin:/sbin:/bin");
    for (String folder : path.split(":", -1)) {
      if (Files.isExecutable(Path.of(folder, command))) {
        return true;
      }
    }
    return false;
  }
}
