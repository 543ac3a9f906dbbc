package dev.fleetmend.patching.decision;

/** A patch's state on a node, as SSM's PatchComplianceDataState. */
public enum PatchState {
  INSTALLED("Installed"),
  INSTALLED_OTHER("InstalledOther"),
  INSTALLED_PENDING_REBOOT("InstalledPendingReboot"),
  INSTALLED_REJECTED("InstalledRejected"),
  MISSING("Missing"),
  NOT_APPLICABLE("NotApplicable"),
  FAILED("Failed"),
  AVAILABLE_SECURITY_UPDATE("AvailableSecurityUpdate");

  private final String wireName;

  PatchState(String wireName) {
    this.wireName = wireName;
  }

  /** The spelling that travels: CamelCase, unlike the service model's enum. */
  public String wireName() {
    return wireName;
  }
}
