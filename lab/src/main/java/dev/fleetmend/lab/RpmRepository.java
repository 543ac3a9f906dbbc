package dev.fleetmend.lab;

/** The repositories of an archive of rpm packages. */
public enum RpmRepository {
  /** As the release came out. */
  BASE("lab-base"),

  /** What came since, with the notices that tell why. */
  UPDATES("lab-updates");

  private final String id;

  RpmRepository(String id) {
    this.id = id;
  }

  /** Its id in the configuration of dnf and its alias in that of zypper. */
  public String id() {
    return id;
  }
}
