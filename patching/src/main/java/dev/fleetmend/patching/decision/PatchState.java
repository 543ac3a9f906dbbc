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

  /** Whether a patch in this state makes its node non-compliant. */
  public boolean isNonCompliant() {
    return switch (this) {
      case MISSING, FAILED, INSTALLED_REJECTED, INSTALLED_PENDING_REBOOT -> true;
      case INSTALLED, INSTALLED_OTHER, NOT_APPLICABLE, AVAILABLE_SECURITY_UPDATE -> false;
    };
  }
}
