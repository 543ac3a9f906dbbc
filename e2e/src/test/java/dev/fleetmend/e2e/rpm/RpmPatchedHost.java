package dev.fleetmend.e2e.rpm;

import dev.fleetmend.e2e.apt.PatchedHost;
import dev.fleetmend.lab.ExecResult;
import dev.fleetmend.lab.Lab;
import dev.fleetmend.lab.LabHost;
import dev.fleetmend.lab.RpmArchive;
import dev.fleetmend.lab.RpmFamily;
import dev.fleetmend.lab.RpmRepository;
import java.util.List;
import java.util.Locale;

/** A host of rpm packages, asked and told in its own package manager's words. */
final class RpmPatchedHost implements AutoCloseable {
  private static final String SORTED = "rpm -qa | sort";

  private final PatchedHost patched;
  private final RpmFamily family;

  private RpmPatchedHost(PatchedHost patched, RpmFamily family) {
    this.patched = patched;
    this.family = family;
  }

  /** One that was installed when the release came out, and has updates on offer. */
  static RpmPatchedHost released(Lab lab, RpmArchive archive, RpmFamily family, String name) {
    String full = name(family) + "-" + name;
    RpmPatchedHost host = new RpmPatchedHost(PatchedHost.boot(lab, full, family.root()), family);
    archive.installReleased(host.host());
    return host;
  }

  static String name(RpmFamily family) {
    return family.name().toLowerCase(Locale.ROOT);
  }

  PatchedHost patched() {
    return patched;
  }

  LabHost host() {
    return patched.host();
  }

  RpmFamily family() {
    return family;
  }

  ExecResult patch(String commandId, String... arguments) {
    return patched.patch(commandId, arguments);
  }

  /** All that is installed, a line a package. */
  String packages() {
    return host().exec("sh", "-c", SORTED).orThrow();
  }

  /** The repository of the release is gone, and no package file is kept. */
  void moveOn(RpmArchive archive) {
    archive.offer(host(), RpmRepository.UPDATES);
    cleanCaches();
  }

  void cleanCaches() {
    switch (family) {
      case DNF -> host().exec("sh", "-c", "rm -rf /var/cache/dnf/*/packages").orThrow();
      case DNF5 -> host().exec("sh", "-c", "rm -rf /var/cache/libdnf5/*/packages").orThrow();
      case YUM -> host().exec("sh", "-c", "rm -rf /var/cache/yum/*/*/*/packages").orThrow();
      case ZYPPER -> host().exec("zypper", "-nq", "clean").orThrow();
    }
  }

  /** Has the package manager leave a package alone. */
  void hold(String name) {
    switch (family) {
      case DNF, DNF5 -> host().exec("dnf", "-q", "versionlock", "add", name).orThrow();
      case YUM -> host().exec("yum", "-q", "versionlock", "add", name).orThrow();
      case ZYPPER -> host().exec("zypper", "-nq", "addlock", name).orThrow();
    }
  }

  void unhold(String name) {
    switch (family) {
      case DNF, DNF5 -> host().exec("dnf", "-q", "versionlock", "delete", name).orThrow();
      case YUM -> host().exec("yum", "-q", "versionlock", "delete", "*:" + name + "-*").orThrow();
      case ZYPPER -> host().exec("zypper", "-nq", "removelock", name).orThrow();
    }
  }

  /** Names of the packages that are there only because others need them. */
  List<String> automatic() {
    String[] query =
        switch (family) {
          case DNF, DNF5 ->
              new String[] {
                "sh",
                "-c",
                "dnf -C -q repoquery --installed --qf '%{reason} %{name}\n'"
                    + " | sed -n 's/^\\(weak.\\)\\?dependency //pI'"
              };
          case YUM ->
              new String[] {
                "sh",
                "-c",
                "cd /var/lib/yum/yumdb && rpm -qa --qf"
                    + " '%{NAME} %{SHA1HEADER}-%{NAME}-%{VERSION}-%{RELEASE}-%{ARCH}\\n'"
                    + " | while read -r name notes; do"
                    + " grep -qs dep */\"$notes\"/reason && echo \"$name\"; done; true"
              };
          case ZYPPER -> new String[] {"grep", "-v", "[#:]", "/var/lib/zypp/AutoInstalled"};
        };
    return host().exec(query).stdout().lines().filter(line -> !line.isEmpty()).sorted().toList();
  }

  /** As if nothing had been rolled back before. */
  void forgetTheQuarantine() {
    String locks =
        switch (family) {
          case DNF -> ": >/etc/dnf/plugins/versionlock.list";
          case DNF5 -> "rm -f /etc/dnf/versionlock.toml /etc/dnf/libdnf5.conf.d/*";
          case YUM -> ": >/etc/yum/pluginconf.d/versionlock.list";
          case ZYPPER -> "rm -f /etc/zypp/locks";
        };
    String remembered = "rm -f quarantine held-back.json */own-locks.json; ";
    host().exec("sh", "-c", "cd /var/lib/fleetmend 2>/dev/null && " + remembered + locks);
  }

  @Override
  public void close() {
    patched.close();
  }
}
