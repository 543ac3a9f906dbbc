package dev.fleetmend.e2e.rpm;

import dev.fleetmend.e2e.apt.PatchedHost;
import dev.fleetmend.e2e.kill.KillHost;
import dev.fleetmend.e2e.kill.KillPlan;
import dev.fleetmend.e2e.kill.KillRig;
import dev.fleetmend.lab.Lab;
import dev.fleetmend.lab.LabHost;
import dev.fleetmend.lab.Rpm;
import dev.fleetmend.lab.RpmArchive;
import dev.fleetmend.lab.RpmFamily;
import dev.fleetmend.lab.RpmRepository;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;

/** A host of rpm packages whose package manager and rpm are killed. */
final class RpmKillHost implements KillHost {
  /** All packages are unpacked within this time, on a quiet machine. */
  private static final int UNPACKING_MILLIS = 120;

  private static final String REPLACED = "lab-kold";
  private static final String REPLACING = "lab-knew";

  private final RpmPatchedHost host;
  private final RpmArchive archive;

  RpmKillHost(Lab lab, RpmArchive archive, RpmFamily family, String name) {
    this.host = RpmPatchedHost.released(lab, archive, family, name);
    this.archive = archive;
    host.cleanCaches();
  }

  /**
   * The second of the bound packages needs one in its old version that another one replaces, and
   * that one in its new version; a kernel comes beside them.
   */
  static void fill(RpmArchive archive, RpmFamily family) {
    for (int i = 0; i < KillRig.PACKAGES.size(); i++) {
      archive.add(RpmRepository.BASE, rpm(i, "1.0")).add(RpmRepository.UPDATES, rpm(i, "1.1"));
    }
    archive
        .add(RpmRepository.BASE, coming(going(Rpm.of(REPLACED, "1.0"))))
        .add(
            RpmRepository.UPDATES,
            coming(going(Rpm.of(REPLACING, "2.0")))
                .withTag("Obsoletes", REPLACED + " < 2.0")
                .withTag("Conflicts", REPLACED))
        .add(RpmRepository.BASE, kernel(family, "6.1"))
        .add(RpmRepository.UPDATES, kernel(family, "6.2"))
        .publish();
  }

  private static Rpm kernel(RpmFamily family, String version) {
    return coming(going(Rpm.of(family.kernel(), version)))
        .withTag("Provides", "multiversion(kernel)");
  }

  private static Rpm coming(Rpm rpm) {
    return rpm.withPayload(4)
        .withScript("pre", KillRig.script(rpm.name(), "preinst"))
        .withScript("post", KillRig.script(rpm.name(), "postinst"));
  }

  /** It stops where it leaves as where it comes. */
  private static Rpm going(Rpm rpm) {
    return rpm.withScript("preun", KillRig.script(rpm.name(), "preinst"))
        .withScript("postun", KillRig.script(rpm.name(), "postinst"));
  }

  private static Rpm rpm(int i, String version) {
    String name = KillRig.PACKAGES.get(i);
    Rpm rpm = coming(Rpm.of(name, version)).withConfigNoReplace("setting=" + version + "\n");
    if (i == 0) {
      return rpm;
    }
    Rpm bound = rpm.withTag("Requires", KillRig.PACKAGES.get(i - 1) + " = " + version);
    return i == 1 ? bound.withTag("Requires", version.equals("1.0") ? REPLACED : REPLACING) : bound;
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
    if (host.family() == RpmFamily.YUM) {
      stopYumsLibrary();
      return;
    }
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

  /**
   * What is downloaded by yum's library runs on the interpreter that yum's first line names, which
   * is a gate from now on; beyond it both are called yum.
   */
  private void stopYumsLibrary() {
    LabHost yum = host.host();
    String python = yum.exec("readlink", "-f", "/usr/bin/python2").orThrow().strip();
    yum.exec("mkdir", "-p", "/usr/local/gate/beyond").orThrow();
    yum.exec("ln", "-s", python, "/usr/local/gate/beyond/yum").orThrow();
    yum.write(
        "/usr/local/gate/yum",
        "#!/bin/sh\n"
            + KillRig.WAIT
            + "case $1 in -Es) stop_at %s;; esac\n".formatted(KillRig.FETCH)
            + "exec /usr/local/gate/beyond/yum \"$@\"\n");
    yum.exec("chmod", "755", "/usr/local/gate/yum").orThrow();
    yum.exec("sed", "-i", "1s,.*,#!/usr/local/gate/yum,", "/usr/bin/yum").orThrow();
  }

  /** rpm unpacks by itself and stops nowhere: anywhere after the first package's script. */
  @Override
  public Stop extracting(String name) {
    return new Stop(KillRig.PACKAGES.getFirst() + "-preinst", UNPACKING_MILLIS);
  }

  @Override
  public KillPlan plan() {
    String kernel = host.family().kernel();
    Map<String, String> before = new TreeMap<>(Map.of(REPLACED, "1.0-1", kernel, "6.1-1"));
    Map<String, String> after = new TreeMap<>(Map.of(REPLACING, "2.0-1", kernel, "6.2-1"));
    List<String> reported =
        new ArrayList<>(
            List.of(REPLACED + " 1.0-1 null", REPLACING + " null 2.0-1", kernel + " 6.1-1 6.2-1"));
    for (String name : KillRig.PACKAGES) {
      before.put(name, "1.0-1");
      after.put(name, "1.1-1");
      reported.add(name + " 1.0-1 1.1-1");
    }
    String asked = String.join(":1.1-1,", KillRig.PACKAGES) + ":1.1-1," + kernel + ":6.2-1";
    return new KillPlan(asked, before, after, reported);
  }

  @Override
  public List<String> stopping() {
    List<String> all = new ArrayList<>(KillRig.PACKAGES);
    all.addAll(List.of(REPLACED, REPLACING, host.family().kernel()));
    return all;
  }

  /** The old kernel was removed: it is put in beside the new one again. */
  @Override
  public void change(int undo) {
    String kernel = host.family().kernel();
    host.host().exec("rpm", "-q", kernel + "-6.1-1").orThrow();
    if (undo % 2 == 0) {
      host.host().exec("rpm", "-e", kernel + "-6.1-1").orThrow();
    }
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
    String all = "rpm -qa --qf '%{name} %{version}-%{release}\\n' 'lab-k*' 'kernel*' | sort";
    host.host()
        .exec("sh", "-c", all)
        .orThrow()
        .lines()
        .map(line -> line.split(" ", 2))
        .forEach(word -> standing.merge(word[0], word[1], RpmKillHost::both));
    return standing;
  }

  /** Of kernels the newest counts; of any other package there is one. */
  private static String both(String one, String other) {
    return one.startsWith("6.") ? other : one + " " + other;
  }

  @Override
  public List<String> troubles() {
    String beside = host.host().exec("ls", "/etc", "/usr/lib/lab").stdout();
    String changed = host.host().exec("sh", "-c", "rpm -V $(rpm -qa 'lab-k*' 'kernel*')").stdout();
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
