package dev.fleetmend.lab;

/** The root file systems that a host can be booted on; all of this machine's own release. */
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
  DEBIAN_SYSTEMD("curl,ca-certificates,systemd-sysv,dbus");

  private final String packages;

  BaseRoot(String packages) {
    this.packages = packages;
  }

  Init init() {
    return this == DEBIAN_SYSTEMD ? Init.SYSTEMD : Init.SHELL;
  }

  /** What it has beside the essential packages, with commas between. */
  String packages() {
    return packages;
  }
}
