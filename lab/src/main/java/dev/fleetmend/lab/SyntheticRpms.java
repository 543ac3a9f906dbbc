package dev.fleetmend.lab;

import static dev.fleetmend.lab.RpmRepository.BASE;

import java.util.List;

/** The awkward packages that every test of patching needs, as content of an archive of rpm. */
final class SyntheticRpms {
  private static final String NOT_REMOVED =
      "[ $1 -gt 0 ] || { echo lab: preun fails on purpose >&2; exit 1; }";

  private final RpmArchive archive;
  private final String kernel;

  SyntheticRpms(RpmArchive archive, RpmFamily family) {
    this.archive = archive;
    this.kernel = family.kernel();
  }

  void addAll() {
    chain("1.0").forEach(rpm -> archive.add(BASE, rpm));
    for (String name :
        List.of("good", "held", "broken", "warn", "slow", "reboot", "grow", "rival", "mask")) {
      archive.add(BASE, Rpm.of("lab-" + name, "1.0"));
    }
    archive
        .add(BASE, Rpm.of("lab-old", "1.0"))
        .add(BASE, Rpm.of("lab-norm", "1.0").withScript("preun", NOT_REMOVED))
        .add(BASE, Rpm.of("lab-settings", "1.0").withConfig("setting=1.0\n"))
        .add(BASE, kernel("6.1"))
        .add(Advisory.bugfix(1, chain("1.1").toArray(Rpm[]::new)))
        .add(
            Advisory.security(
                2,
                "Critical",
                List.of("CVE-2026-10001", "CVE-2026-10002"),
                chain("1.2").toArray(Rpm[]::new)))
        .add(fix(3, "Important", "CVE-2026-10003", Rpm.of("lab-held", "1.1")))
        .add(fix(4, "Moderate", "CVE-2026-10004", Rpm.of("lab-reboot", "1.1")).withReboot())
        .add(
            fix(
                5,
                "Low",
                "CVE-2026-10005",
                Rpm.of("lab-grow", "1.1").withTag("Requires", "lab-extra"),
                Rpm.of("lab-extra", "1.0")))
        .add(fix(6, "Important", "CVE-2026-10006", Rpm.of("lab-mask", "1.1")))
        .add(Advisory.bugfix(7, Rpm.of("lab-mask", "1.2")))
        .add(fix(8, "Moderate", "CVE-2026-10007", Rpm.of("lab-good", "1.1")))
        .add(fix(9, "Important", "CVE-2026-10008", kernel("6.2")).withReboot())
        .add(
            Advisory.bugfix(
                10,
                Rpm.of("lab-broken", "1.1")
                    .withScript("pre", "echo lab: pre fails on purpose >&2; exit 1")))
        .add(
            Advisory.bugfix(
                11,
                Rpm.of("lab-warn", "1.1")
                    .withScript("post", "echo lab: post fails on purpose >&2; exit 1")))
        .add(
            Advisory.bugfix(
                12, Rpm.of("lab-slow", "1.1").withScript("post", "sleep \"${LAB_SLOW:-5}\"")))
        .add(Advisory.bugfix(13, Rpm.of("lab-norm", "1.1").withScript("preun", NOT_REMOVED)))
        .add(Advisory.bugfix(14, Rpm.of("lab-settings", "1.1").withConfig("setting=1.1\n")))
        .add(Advisory.enhancement(15, Rpm.of("lab-rival", "2.0").withTag("Conflicts", "lab-held")))
        .add(
            Advisory.enhancement(
                16,
                Rpm.of("lab-new", "2.0")
                    .withTag("Obsoletes", "lab-old < 2.0")
                    .withTag("Provides", "lab-old = 2.0")))
        .publish();
  }

  /** A program, its library and its front end, each bound to the others' version. */
  private static List<Rpm> chain(String version) {
    return List.of(
        Rpm.of("lab-lib", version),
        Rpm.of("lab-app", version)
            .withTag("Requires", "lab-lib >= " + version)
            .withConfigNoReplace("setting=" + version + "\n"),
        Rpm.of("lab-cli", version).withTag("Requires", "lab-app = " + version));
  }

  /** Both package managers keep several versions of it. */
  private Rpm kernel(String version) {
    return Rpm.of(kernel, version).withTag("Provides", "multiversion(kernel)");
  }

  private static Advisory fix(int number, String severity, String cve, Rpm... packages) {
    return Advisory.security(number, severity, List.of(cve), packages);
  }
}
