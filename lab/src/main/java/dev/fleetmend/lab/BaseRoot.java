package dev.fleetmend.lab;

import java.util.List;
import java.util.Optional;

/**
 * The root file systems that a host can be booted on; made of packages of this machine's own
 * release, unless {@link #suite} names another.
 */
public enum BaseRoot {
  /** About 110 packages and no apt source: for archives of a test's own. */
  DEBIAN_MINIMAL("curl,ca-certificates"),

  /**
   * A small server of about 230 packages as the point release left it, with full package lists that
   * offer every update since. The package cache is empty; the lab's archive holds what is needed.
   */
  DEBIAN_SERVER(
      "openssh-server,curl,openssl,ca-certificates,python3,python3-apt,sudo,nginx-light,"
          + "bind9-dnsutils,git,vim-tiny,tzdata,unattended-upgrades,needrestart,rsyslog,cron,"
          + "apt-utils,wget,unzip,less,postgresql-client"),

  /** As minimal, with systemd as its process 1. */
  DEBIAN_SYSTEMD("curl,ca-certificates,systemd-sysv,dbus"),

  /**
   * Shows itself as Rocky Linux 9.3: dnf with its plugins, an rpm database that is almost empty,
   * and no repository.
   */
  RPM_DNF("dnf,dnf-plugins-core,rpm,curl,ca-certificates"),

  /**
   * Shows itself as Red Hat Enterprise Linux 11.0: dnf 5 of Debian's testing suite, rpm 6, an rpm
   * database that is almost empty, and no repository.
   */
  RPM_DNF5("dnf5,rpm,curl,ca-certificates"),

  /**
   * Shows itself as SUSE Linux Enterprise Server 15 SP5: zypper, an rpm database that is almost
   * empty, and no repository. A root of its own, for Debian's dnf-plugins-core breaks zypper.
   */
  RPM_ZYPPER("zypper,rpm,curl,ca-certificates"),

  /**
   * A distribution's own, with yum 3, which no Debian has: the folder that {@code
   * FLEETMEND_LAB_YUM_ROOT} names, such as an unpacked image of Amazon Linux 2 or CentOS 7. Its
   * repositories are taken away.
   */
  RPM_YUM("");

  private final String packages;

  BaseRoot(String packages) {
    this.packages = packages;
  }

  /** The suite of Debian that its packages come from, where it is not this machine's own. */
  Optional<String> suite() {
    return this == RPM_DNF5 ? Optional.of("testing") : Optional.empty();
  }

  Init init() {
    return this == DEBIAN_SYSTEMD ? Init.SYSTEMD : Init.SHELL;
  }

  /** The scripts that make it, the one that is run first. */
  List<String> recipe() {
    return switch (this) {
      case RPM_DNF, RPM_DNF5, RPM_ZYPPER -> List.of("build-rpm-root.sh", "shutdown.sh");
      case RPM_YUM -> List.of("take-root.sh", "shutdown.sh");
      default -> List.of("build-root.sh", "sign-suite.sh", "shutdown.sh");
    };
  }

  /** The commands of this machine that its recipe runs. */
  List<String> tools() {
    return switch (this) {
      case RPM_DNF, RPM_DNF5, RPM_ZYPPER ->
          List.of("mmdebstrap", "rpmbuild", "gpg", "unshare", "flock");
      case RPM_YUM -> List.of("gpg", "unshare", "flock");
      default -> List.of("mmdebstrap", "apt-ftparchive", "gpg", "unshare", "flock");
    };
  }

  /** What it has beside the essential packages, with commas between. */
  String packages() {
    return packages;
  }
}
