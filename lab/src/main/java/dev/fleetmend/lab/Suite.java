package dev.fleetmend.lab;

/** The suites of a synthetic archive: named like nobody's, labelled like Debian's. */
public enum Suite {
  RELEASE("lab", "Debian"),
  UPDATES("lab-updates", "Debian"),
  SECURITY("lab-security", "Debian-Security");

  private final String codename;
  private final String label;

  Suite(String codename, String label) {
    this.codename = codename;
    this.label = label;
  }

  public String codename() {
    return codename;
  }

  String releaseFields() {
    return "Origin: Debian\nLabel: %s\nSuite: old%s\nCodename: %s\nVersion: 12\n"
        .formatted(label, codename, codename);
  }
}
