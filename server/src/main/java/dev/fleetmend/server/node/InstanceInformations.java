package dev.fleetmend.server.node;

import software.amazon.awssdk.services.ssm.model.InstanceInformation;
import software.amazon.awssdk.services.ssm.model.ResourceType;
import software.amazon.awssdk.services.ssm.model.SourceType;

/** Managed nodes in the shape of the API. */
final class InstanceInformations {
  static final String SOURCE_TYPE = SourceType.AWS_SSM_MANAGED_INSTANCE.toString();

  private InstanceInformations() {}

  static InstanceInformation of(ManagedNode node) {
    return InstanceInformation.builder()
        .instanceId(node.id())
        .pingStatus(node.pingStatus())
        .lastPingDateTime(node.lastPingAt())
        .agentVersion(node.agentVersion())
        .platformType(node.platformType())
        .platformName(node.platformName())
        .platformVersion(node.platformVersion())
        .activationId(node.activationId())
        .iamRole(node.iamRole())
        .registrationDate(node.registeredAt())
        .resourceType(ResourceType.MANAGED_INSTANCE)
        .name(node.name())
        .ipAddress(node.ipAddress())
        .computerName(node.computerName())
        .sourceId(node.id())
        .sourceType(SourceType.AWS_SSM_MANAGED_INSTANCE)
        .build();
  }
}
