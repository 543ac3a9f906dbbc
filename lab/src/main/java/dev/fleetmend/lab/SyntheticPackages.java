package dev.fleetmend.lab;

import static dev.fleetmend.lab.Suite.RELEASE;
import static dev.fleetmend.lab.Suite.SECURITY;
import static dev.fleetmend.lab.Suite.UPDATES;

/** The awkward packages that every test of patching needs, as archive content. */
final class SyntheticPackages {
  private final SyntheticArchive archive;

  SyntheticPackages(SyntheticArchive archive) {
    this.archive = archive;
  }

  void addAll() {
    chain("1.0", RELEASE, "Initial", "medium");
    chain("1.1", UPDATES, "Fix a crash", "medium");
    chain("1.2", SECURITY, "Fix CVE-2026-10001 and CVE-2026-10002", "high");
    initial("lab-good").add(SECURITY, fix("lab-good", "1.1", "CVE-2026-10007"));
    initial("lab-held").add(SECURITY, fix("lab-held", "1.1", "CVE-2026-10003"));
    initial("lab-broken")
        .add(
            UPDATES,
            Deb.of("lab-broken", "1.1")
                .withScript("postinst", "echo lab: postinst fails on purpose >&2; exit 1"));
    initial("lab-norm")
        .add(
            RELEASE,
            Deb.of("lab-norm", "1.0")
                .withScript("prerm", "echo lab: prerm fails on purpose >&2; exit 1"))
        .add(
            UPDATES,
            Deb.of("lab-norm", "1.1")
                .withScript("prerm", "echo lab: prerm fails on purpose >&2; exit 1"));
    initial("lab-slow")
        .add(UPDATES, Deb.of("lab-slow", "1.1").withScript("postinst", "sleep \"${LAB_SLOW:-5}\""));
    initial("lab-reboot")
        .add(
            SECURITY,
            fix("lab-reboot", "1.1", "CVE-2026-10004")
                .withScript(
                    "postinst",
                    """
                    echo '*** System restart required ***' >/run/reboot-required
                    echo lab-reboot >>/run/reboot-required.pkgs"""));
    initial("lab-grow")
        .add(SECURITY, fix("lab-grow", "1.1", "CVE-2026-10005").withField("Depends", "lab-extra"))
        .add(SECURITY, Deb.of("lab-extra", "1.0"));
    initial("lab-rival")
        .add(UPDATES, Deb.of("lab-rival", "2.0").withField("Conflicts", "lab-held"));
    initial("lab-mask")
        .add(SECURITY, fix("lab-mask", "1.1", "CVE-2026-10006"))
        .add(UPDATES, Deb.of("lab-mask", "1.2").withChange("Bug fix on top", "medium"));
    initial("lab-ask")
        .add(
            UPDATES,
            Deb.of("lab-ask", "1.1")
                .withScript(
                    "postinst", "if [ \"$DEBIAN_FRONTEND\" != noninteractive ]; then read x; fi"));
    archive.publish();
  }

  /** A program, its library and its front end, each bound to the others' version. */
  private void chain(String version, Suite suite, String change, String urgency) {
    archive
        .add(
            suite,
            Deb.of("lab-lib", version).withField("Source", "lab-app").withChange(change, urgency))
        .add(
            suite,
            Deb.of("lab-app", version)
                .withField("Depends", "lab-lib (>= " + version + ")")
                .withConffile("setting=" + version + "\n")
                .withChange(change, urgency))
        .add(
            suite,
            Deb.of("lab-cli", version)
                .withField("Source", "lab-app")
                .withField("Depends", "lab-app (= " + version + ")")
                .withChange(change, urgency));
  }

  private SyntheticArchive initial(String name) {
    return archive.add(RELEASE, Deb.of(name, "1.0").withChange("Initial", "medium"));
  }

  private static Deb fix(String name, String version, String cve) {
    return Deb.of(name, version).withChange("Fix " + cve, "high");
  }
}
