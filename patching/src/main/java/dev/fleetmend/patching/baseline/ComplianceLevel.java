package dev.fleetmend.patching.baseline;

/** SSM's compliance levels, worst first. */
public enum ComplianceLevel {
  CRITICAL,
  HIGH,
  MEDIUM,
  LOW,
  INFORMATIONAL,
  UNSPECIFIED
}
