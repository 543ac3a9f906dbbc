package dev.fleetmend.server.inventory;

import java.util.Arrays;
import java.util.Optional;

/** The inventory types whose names begin with {@code AWS:}, as AWS documents their attributes. */
enum AwsType {
  APPLICATION(
      "Application",
      "1.1",
      false,
      "Name ApplicationType Publisher Version Release Epoch InstalledTime Architecture URL Summary"
          + " PackageId"),
  AWS_COMPONENT(
      "AWSComponent",
      "1.0",
      false,
      "Name ApplicationType Publisher Version InstalledTime Architecture URL"),
  BILLING_INFO("BillingInfo", "1.0", false, "BillingProductId"),
  COMPLIANCE_ITEM(
      "ComplianceItem",
      "1.0",
      true,
      "ComplianceType ExecutionId ExecutionType ExecutionTime Id Title Status Severity DocumentName"
          + " DocumentVersion Classification PatchBaselineId PatchSeverity PatchState PatchGroup"
          + " InstalledTime"),
  COMPLIANCE_SUMMARY(
      "ComplianceSummary",
      "1.0",
      true,
      "ComplianceType PatchGroup PatchBaselineId Status OverallSeverity ExecutionId ExecutionType"
          + " ExecutionTime CompliantCriticalCount# CompliantHighCount# CompliantMediumCount#"
          + " CompliantLowCount# CompliantInformationalCount# CompliantUnspecifiedCount#"
          + " NonCompliantCriticalCount# NonCompliantHighCount# NonCompliantMediumCount#"
          + " NonCompliantLowCount# NonCompliantInformationalCount# NonCompliantUnspecifiedCount#"),
  FILE(
      "File",
      "1.0",
      false,
      "Name Size Description FileVersion InstalledDate ModificationTime LastAccessTime ProductName"
          + " InstalledDir ProductLanguage CompanyName ProductVersion"),
  INSTANCE_DETAILED_INFORMATION(
      "InstanceDetailedInformation",
      "1.0",
      false,
      "CPUModel CPUSpeedMHz# CPUs# CPUSockets# CPUCores# CPUHyperThreadEnabled OSServicePack"
          + " KernelVersion"),
  INSTANCE_INFORMATION(
      "InstanceInformation",
      "1.0",
      true,
      "AgentType AgentVersion ComputerName InstanceId InstanceStatus IpAddress PlatformName"
          + " PlatformType PlatformVersion ResourceType"),
  NETWORK(
      "Network", "1.0", false, "Name SubnetMask Gateway DHCPServer DNSServer MacAddress IPV4 IPV6"),
  PATCH_COMPLIANCE(
      "PatchCompliance",
      "1.0",
      true,
      "Title KBId Classification Severity State InstalledTime CVEIds"),
  PATCH_SUMMARY(
      "PatchSummary",
      "1.0",
      true,
      "PatchGroup BaselineId SnapshotId OwnerInformation InstalledCount# InstalledOtherCount#"
          + " InstalledPendingRebootCount# InstalledRejectedCount# NotApplicableCount#"
          + " UnreportedNotApplicableCount# MissingCount# FailedCount# CriticalNonCompliantCount#"
          + " SecurityNonCompliantCount# OtherNonCompliantCount# OperationType OperationStartTime"
          + " OperationEndTime InstallOverrideList RebootOption LastNoRebootInstallOperationTime"
          + " ExecutionId"),
  SERVICE(
      "Service",
      "1.0",
      false,
      "Name DisplayName ServiceType Status DependentServices ServicesDependedOn StartType"),
  TAG("Tag", "1.0", true, "Key Value"),
  WINDOWS_REGISTRY("WindowsRegistry", "1.0", false, "KeyPath ValueName ValueType Value"),
  WINDOWS_ROLE(
      "WindowsRole",
      "1.0",
      false,
      "Name DisplayName Path FeatureType DependsOn Description Installed InstalledState SubFeatures"
          + " ServerComponentDescriptor Parent"),
  WINDOWS_UPDATE("WindowsUpdate", "1.0", false, "HotFixId Description InstalledTime InstalledBy");

  private final String typeName;
  private final String version;
  private final boolean system;
  private final String attributes;

  /** Takes attributes separated by blanks, those with a {@code #} being numbers. */
  AwsType(String name, String version, boolean system, String attributes) {
    this.typeName = "AWS:" + name;
    this.version = version;
    this.system = system;
    this.attributes = attributes;
  }

  static Optional<AwsType> of(String typeName) {
    return Arrays.stream(values()).filter(type -> type.typeName.equals(typeName)).findFirst();
  }

  String typeName() {
    return typeName;
  }

  /** Whether the server writes it itself, and takes it from no node. */
  boolean isSystem() {
    return system;
  }

  String version() {
    return version;
  }

  InventorySchema schema() {
    return new InventorySchema(
        typeName,
        version,
        Arrays.stream(attributes.split(" ", -1))
            .map(name -> new InventorySchema.Attribute(name.replace("#", ""), name.endsWith("#")))
            .toList());
  }
}
