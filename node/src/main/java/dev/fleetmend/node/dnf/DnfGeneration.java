package dev.fleetmend.node.dnf;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/** The two generations of dnf that hosts have, and where each keeps and calls things. */
enum DnfGeneration {
  /** dnf 4, in Python: RHEL 8 to 10 and its kin, Amazon Linux 2023. */
  FOUR,

  /** dnf 5, in C++. */
  FIVE;

  /** That of the host's {@code dnf}, where it has one. */
  static Optional<DnfGeneration> ofThisHost() {
    return of(Path.of("/usr/bin"));
  }

  /** Where both are installed, {@code dnf} tells which is the host's own. */
  static Optional<DnfGeneration> of(Path bin) {
    Path dnf = bin.resolve(FOUR.program());
    Path five = bin.resolve(FIVE.program());
    if (Files.isExecutable(dnf)) {
      return Optional.of(isSame(dnf, five) ? FIVE : FOUR);
    }
    return Files.isExecutable(five) ? Optional.of(FIVE) : Optional.empty();
  }

  private static boolean isSame(Path dnf, Path five) {
    try {
      return Files.exists(five) && Files.isSameFile(dnf, five);
    } catch (IOException e) {
      return false;
    }
  }

  /** The command. */
  String program() {
    return this == FOUR ? "dnf" : "dnf5";
  }

  /** The folder of its cache. */
  Path cache() {
    return Path.of(this == FOUR ? "/var/cache/dnf" : "/var/cache/libdnf5");
  }

  /** Where it notes which streams of modules are enabled. */
  Path modules() {
    return Path.of(this == FOUR ? "/etc/dnf/modules.d" : "/usr/lib/sysimage/libdnf5/modules.toml");
  }

  /** Files that it locks, or writes its process id in, while it works. */
  List<Path> locks() {
    return this == FOUR
        ? List.of(
            Path.of("/var/cache/dnf/download_lock.pid"),
            Path.of("/var/cache/dnf/metadata_lock.pid"),
            Path.of("/var/lib/dnf/rpmdb_lock.pid"),
            Path.of("/var/log/log_lock.pid"))
        : List.of(Path.of("/var/lib/dnf/system-repo.lock"));
  }

  /** The options of a command that only looks, and does not wait for one that works. */
  List<String> withoutLocks() {
    return this == FOUR ? List.of() : List.of("--skip-file-locks");
  }

  /** The options of a query that sees what is excluded or locked, too. */
  List<String> withExcluded() {
    return this == FOUR
        ? List.of("--disableexcludes=all", "--disableplugin=versionlock")
        : List.of("--setopt=disable_excludes=*");
  }

  /**
   * The options of a refresh that fails where one repository's does. dnf 4 says so; dnf 5 passes
   * over a repository that may be unavailable, as all may be in Debian's and Fedora's
   * configuration, without a word where its metadata are damaged.
   */
  List<String> missingNone() {
    return this == FOUR ? List.of() : List.of("--setopt=*.skip_if_unavailable=False");
  }

  /** The word of its mark command for a package that is there only because others need it. */
  String automatic() {
    return this == FOUR ? "remove" : "dependency";
  }
}
