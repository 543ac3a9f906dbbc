package dev.fleetmend.lab;

/** Whose words the Release files of a synthetic archive use. */
public enum Distribution {
  /** Suites named like nobody's, labelled like Debian's. */
  DEBIAN("synthetic", "Debian"),

  /** Ubuntu 22.04: pockets are suites of one codename. */
  UBUNTU("ubuntu", "Ubuntu"),

  /** Expanded Security Maintenance of Ubuntu 22.04's main: an archive beside, for Ubuntu Pro. */
  UBUNTU_ESM("ubuntu-esm", "UbuntuESM");

  private final String folder;
  private final String origin;

  Distribution(String folder, String origin) {
    this.folder = folder;
    this.origin = origin;
  }

  String folder() {
    return folder;
  }

  /** The name of a suite in sources.list. */
  String suite(Suite suite) {
    if (this == DEBIAN) {
      return suite.codename();
    }
    String pocket =
        switch (suite) {
          case RELEASE -> "";
          case UPDATES -> "-updates";
          case SECURITY -> "-security";
        };
    return (this == UBUNTU ? "jammy" : "jammy-infra") + pocket;
  }

  String releaseFields(Suite suite) {
    return this == DEBIAN
        ? suite.releaseFields()
        : "Origin: %s\nLabel: %s\nSuite: %s\nCodename: jammy\nVersion: 22.04\n"
            .formatted(origin, origin, suite(suite));
  }
}
