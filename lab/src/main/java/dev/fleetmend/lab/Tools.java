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
      Map.of(
          "mmdebstrap", "mmdebstrap",
          "dpkg-deb", "dpkg",
          "apt-ftparchive", "apt-utils",
          "gpg", "gnupg",
          "ip", "iproute2",
          "socat", "socat",
          "systemd-nspawn", "systemd-container",
          "unshare", "util-linux",
          "nsenter", "util-linux",
          "flock", "util-linux");

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
