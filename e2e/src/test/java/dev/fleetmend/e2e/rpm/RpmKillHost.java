package dev.fleetmend.e2e.rpm;

import dev.fleetmend.e2e.apt.PatchedHost;
import dev.fleetmend.e2e.kill.KillHost;
import dev.fleetmend.e2e.kill.KillRig;
import dev.fleetmend.lab.Lab;
import dev.fleetmend.lab.Rpm;
import dev.fleetmend.lab.RpmArchive;
import dev.fleetmend.lab.RpmFamily;
import dev.fleetmend.lab.RpmRepository;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;

/** A host of rpm packages whose package manager and rpm are killed. */
final class RpmKillHost implements KillHost {
  /** All packages are unpacked within this time, on a quiet machine. */
  private static final int UNPACKING_MILLIS = 120;

  private final RpmPatchedHost host;
  private final RpmArchive archive;

  RpmKillHost(Lab lab, RpmArchive archive, RpmFamily family, String name) {
    this.host = RpmPatchedHost.released(lab, archive, family, name);
    this.archive = archive;
    host.cleanCaches();
  }

  static void fill(RpmArchive archive) {
    for (int i = 0; i < KillRig.PACKAGES.size(); i++) {
      archive.add(RpmRepository.BASE, rpm(i, "1.0")).add(RpmRepository.UPDATES, rpm(i, "1.1"));
    }
    archive.publish();
  }

  private static Rpm rpm(int i, String version) {
    String name = KillRig.PACKAGES.get(i);
    Rpm rpm =
        Rpm.of(name, version)
            .withConfigNoReplace("setting=" + version + "\n")
            .withPayload(4)
            .withScript("pre", KillRig.script(name, "preinst"))
            .withScript("post", KillRig.script(name, "postinst"));
    return i == 0 ? rpm : rpm.withTag("Requires", KillRig.PACKAGES.get(i - 1) + " = " + version);
  }

  @Override
  public PatchedHost patched() {
    return host.patched();
  }

  @Override
  public String manager() {
    return RpmPatchedHost.name(host.family());
  }

  @Override
  public String tool() {
    return "rpm";
  }

  @Override
  public void prepare() {
    String place = "/usr/local/sbin/" + manager();
    host.host()
        .write(
            place,
            "#!/bin/sh\n"
                + KillRig.WAIT
                + "case \" $* \" in *\" download \"*) stop_at %s;; esac\nexec /usr/bin/%s \"$@\"\n"
                    .formatted(KillRig.FETCH, manager()));
    host.host().exec("chmod", "755", place).orThrow();
  }

  /** rpm unpacks by itself and stops nowhere: anywhere after the first package's script. */
  @Override
  public Stop extracting(String name) {
    return new Stop(KillRig.PACKAGES.getFirst() + "-preinst", UNPACKING_MILLIS);
  }

  @Override
  public Versions versions() {
    return new Versions("1.0-1", "1.1-1");
  }

  @Override
  public void moveOn() {
    host.moveOn(archive);
  }

  @Override
  public String installed() {
    return host.packages();
  }

  @Override
  public Map<String, String> standing() {
    Map<String, String> standing = new TreeMap<>();
    String[] query = {"rpm", "-qa", "--qf", "%{name} %{version}-%{release}\\n", "lab-k*"};
    host.host()
        .exec(query)
        .orThrow()
        .lines()
        .map(line -> line.split(" ", 2))
        .forEach(word -> standing.merge(word[0], word[1], (one, other) -> one + " " + other));
    return standing;
  }

  @Override
  public List<String> troubles() {
    String beside = host.host().exec("ls", "/etc", "/usr/lib/lab").stdout();
    String changed = host.host().exec("sh", "-c", "rpm -V $(rpm -qa 'lab-k*')").stdout();
    return Stream.concat(
            changed.lines(),
            beside.lines().filter(line -> line.matches(".*(\\.rpm|fleetmend-new|;[0-9a-f]{8}).*")))
        .toList();
  }

  @Override
  public void close() {
    host.close();
  }
}
