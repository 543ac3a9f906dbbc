package dev.fleetmend.node.manager;

/**
 * What the package manager said of a package that it could not change.
 *
 * @param cutShort whether it was killed at that package, rather than failed by it
 */
public record Complaint(String reason, boolean cutShort) {}
