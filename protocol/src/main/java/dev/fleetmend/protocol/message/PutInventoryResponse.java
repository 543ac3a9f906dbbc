package dev.fleetmend.protocol.message;

/** The answer to {@link PutInventoryRequest}. */
public record PutInventoryResponse(String message) {}
