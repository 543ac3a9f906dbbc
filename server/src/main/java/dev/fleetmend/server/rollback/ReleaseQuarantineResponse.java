package dev.fleetmend.server.rollback;

/** Answer to {@link ReleaseQuarantineRequest}: the version as it was held. */
public record ReleaseQuarantineResponse(HeldPatch heldPatch) {}
