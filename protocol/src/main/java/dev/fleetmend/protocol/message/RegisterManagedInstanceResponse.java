package dev.fleetmend.protocol.message;

/** Answer to {@link RegisterManagedInstanceRequest}: the id of the new node. */
public record RegisterManagedInstanceResponse(String instanceId) {}
