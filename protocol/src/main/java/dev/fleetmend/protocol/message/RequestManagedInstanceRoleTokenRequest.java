package dev.fleetmend.protocol.message;

/** {@code AmazonSSM.RequestManagedInstanceRoleToken}, signed with the node's own RSA key. */
public record RequestManagedInstanceRoleTokenRequest(String fingerprint) {}
