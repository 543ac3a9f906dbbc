package dev.fleetmend.node.patch;

import dev.fleetmend.node.apt.AptPackageManager;
import dev.fleetmend.node.dnf.DnfPackageManager;
import dev.fleetmend.node.host.OsRelease;
import dev.fleetmend.node.manager.PackageManager;
import dev.fleetmend.node.state.DurableFile;
import dev.fleetmend.node.yum.YumPackageManager;
import dev.fleetmend.node.zypper.ZypperPackageManager;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/** The package managers that a host may have, each by the name of its folder in the state. */
enum HostManager {
  APT {
    @Override
    boolean isHere() {
      return AptPackageManager.isHere();
    }

    @Override
    PackageManager open(Path own, Path vault, boolean readOnly, Clock clock) throws IOException {
      return AptPackageManager.open(own, vault, readOnly, clock);
    }
  },
  DNF {
    @Override
    boolean isHere() {
      return DnfPackageManager.isHere();
    }

    @Override
    PackageManager open(Path own, Path vault, boolean readOnly, Clock clock) throws IOException {
      return DnfPackageManager.open(own, readOnly, clock);
    }
  },
  YUM {
    @Override
    boolean isHere() {
      return YumPackageManager.isHere();
    }

    @Override
    PackageManager open(Path own, Path vault, boolean readOnly, Clock clock) throws IOException {
      return YumPackageManager.open(own, readOnly, clock);
    }
  },
  ZYPPER {
    @Override
    boolean isHere() {
      return ZypperPackageManager.isHere();
    }

    @Override
    PackageManager open(Path own, Path vault, boolean readOnly, Clock clock) throws IOException {
      return ZypperPackageManager.open(own, readOnly, clock);
    }
  };

  private static final Set<String> DEBIAN = Set.of("debian", "ubuntu", "raspbian");

  abstract boolean isHere();

  abstract PackageManager open(Path own, Path vault, boolean readOnly, Clock clock)
      throws IOException;

  /** This host's: on Debian and its kin apt, whatever else is installed; elsewhere apt last. */
  static Optional<HostManager> ofThisHost() throws IOException {
    OsRelease release = OsRelease.ofThisHost();
    List<String> like = List.of(release.fields().getOrDefault("ID_LIKE", "").split("\\s+", -1));
    boolean debian = DEBIAN.contains(release.id()) || like.stream().anyMatch(DEBIAN::contains);
    Stream<HostManager> others = Arrays.stream(values()).filter(one -> one != APT);
    return (debian ? Stream.of(APT) : Stream.concat(others, Stream.of(APT)))
        .filter(HostManager::isHere)
        .findFirst();
  }

  /**
   * Opens it.
   *
   * @param state the agent's state folder
   * @param readOnly whether the host must stay untouched
   */
  PackageManager open(Path state, boolean readOnly, Clock clock) throws IOException {
    Path own = state.resolve(name().toLowerCase(Locale.ROOT));
    Path vault = state.resolve("vault");
    DurableFile.makeFolder(own);
    DurableFile.makeFolder(vault);
    return open(own, vault, readOnly, clock);
  }
}
