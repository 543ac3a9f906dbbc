package dev.fleetmend.protocol.message;

import java.util.Map;

/**
 * {@code AmazonSSM.UpdateInstanceAssociationStatus}: how an association fares on a node; answered
 * {@link Empty}.
 */
public record UpdateInstanceAssociationStatusRequest(
    String associationId, String instanceId, Map<String, Object> executionResult) {}
