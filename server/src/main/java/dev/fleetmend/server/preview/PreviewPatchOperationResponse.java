package dev.fleetmend.server.preview;

/** Answer to {@link PreviewPatchOperationRequest}: the command that the nodes were sent. */
public record PreviewPatchOperationResponse(String commandId) {}
