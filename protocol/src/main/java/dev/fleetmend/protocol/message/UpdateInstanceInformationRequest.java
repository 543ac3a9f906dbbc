package dev.fleetmend.protocol.message;

import org.jspecify.annotations.Nullable;

/**
 * {@code AmazonSSM.UpdateInstanceInformation}: the heartbeat; answered {@link Empty}. A node's
 * first one names only agent, instance and platform type: what is absent leaves what is known as it
 * is.
 *
 * @param agentStatus {@code Active}
 * @param platformType {@code Linux}, {@code Windows} or {@code MacOS}
 * @param sSMConnectionChannel {@code ssmmessages}, {@code ec2messages} or empty
 */
public record UpdateInstanceInformationRequest(
    String instanceId,
    @Nullable String agentName,
    @Nullable String agentStatus,
    @Nullable String agentVersion,
    @Nullable String computerName,
    @Nullable String iPAddress,
    @Nullable String platformName,
    @Nullable String platformType,
    @Nullable String platformVersion,
    @Nullable String sSMConnectionChannel) {}
