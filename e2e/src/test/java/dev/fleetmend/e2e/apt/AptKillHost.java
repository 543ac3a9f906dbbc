package dev.fleetmend.e2e.apt;

import dev.fleetmend.e2e.kill.KillHost;
import dev.fleetmend.e2e.kill.KillPlan;
import dev.fleetmend.e2e.kill.KillRig;
import dev.fleetmend.lab.BaseRoot;
import dev.fleetmend.lab.Deb;
import dev.fleetmend.lab.Lab;
import dev.fleetmend.lab.LabHost;
import dev.fleetmend.lab.Suite;
import dev.fleetmend.lab.SyntheticArchive;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** A Debian host whose apt and dpkg are killed. */
final class AptKillHost implements KillHost {
  private final PatchedHost patched;
  private final SyntheticArchive archive;

  AptKillHost(Lab lab, SyntheticArchive archive, String name) {
    this.patched = PatchedHost.boot(lab, name, BaseRoot.DEBIAN_MINIMAL);
    this.archive = archive;
    archive.offer(patched.host(), Suite.RELEASE);
    patched.apt("install", KillRig.PACKAGES.getLast()).orThrow();
    patched.apt("clean").orThrow();
    archive.offer(patched.host(), Suite.values());
  }

  static void fill(SyntheticArchive archive) {
    for (int i = 0; i < KillRig.PACKAGES.size(); i++) {
      offer(archive, Suite.RELEASE, i, "1.0");
      offer(archive, Suite.SECURITY, i, "1.1");
    }
    archive.publish();
  }

  private static void offer(SyntheticArchive archive, Suite suite, int i, String version) {
    String name = KillRig.PACKAGES.get(i);
    Deb deb =
        Deb.of(name, version)
            .withConffile("setting=" + version + "\n")
            .withPayload(4)
            .withScript("preinst", KillRig.script(name, "preinst"))
            .withScript("postinst", KillRig.script(name, "postinst"));
    String needed = i == 0 ? "" : KillRig.PACKAGES.get(i - 1) + " (= " + version + ")";
    archive.add(suite, i == 0 ? deb : deb.withField("Depends", needed));
  }

  @Override
  public PatchedHost patched() {
    return patched;
  }

  @Override
  public String manager() {
    return "apt-get";
  }

  @Override
  public String tool() {
    return "dpkg";
  }

  @Override
  public void prepare() {
    wrap("/usr/lib/apt/methods/copy", "stop_at " + KillRig.FETCH + "\nexec %s \"$@\"\n");
    wrap(
        "/usr/bin/dpkg-deb",
        """
        [ "$1:$(cat /proc/$PPID/comm)" = --fsys-tarfile:dpkg ] || exec %1$s "$@"
        name=${2##*/}; name=${name#[0-9]*-}
        %1$s "$@" | { head -c 1000000; stop_at "${name%%%%_*}-extract"; cat; }
        """);
  }

  private void wrap(String program, String script) {
    LabHost host = patched.host();
    host.exec("mv", program, program + ".real").orThrow();
    host.write(program, "#!/bin/sh\n" + KillRig.WAIT + script.formatted(program + ".real"));
    host.exec("chmod", "755", program).orThrow();
  }

  @Override
  public Stop extracting(String name) {
    return new Stop(name + "-extract", 0);
  }

  @Override
  public KillPlan plan() {
    return new KillPlan(
        String.join(":1.1,", KillRig.PACKAGES) + ":1.1",
        all("1.0"),
        all("1.1"),
        KillRig.PACKAGES.stream().map(name -> name + " 1.0 1.1").toList());
  }

  private static Map<String, String> all(String version) {
    return KillRig.PACKAGES.stream().collect(Collectors.toMap(name -> name, name -> version));
  }

  @Override
  public List<String> stopping() {
    return KillRig.PACKAGES;
  }

  @Override
  public void moveOn() {
    archive.offer(patched.host(), Suite.SECURITY);
  }

  @Override
  public String installed() {
    return patched.dpkgQuery();
  }

  @Override
  public Map<String, String> standing() {
    Map<String, String> whole = new TreeMap<>();
    patched
        .standing()
        .forEach(
            (name, words) -> {
              if (KillRig.PACKAGES.contains(name) && words.endsWith(" ii")) {
                whole.put(name, words.substring(0, words.indexOf(' ')));
              }
            });
    return whole;
  }

  @Override
  public List<String> troubles() {
    String beside =
        patched.host().exec("ls", "/etc", "/usr/lib/lab", "/var/lib/dpkg/updates").stdout();
    return Stream.concat(
            patched.host().exec("dpkg", "--audit").orThrow().lines(),
            beside.lines().filter(line -> line.matches(".*(\\.dpkg-|fleetmend-new|0000).*")))
        .toList();
  }

  @Override
  public void close() {
    patched.close();
  }
}
