package dev.fleetmend.protocol.message;

/**
 * Answer to {@link PutCommandOutputRequest}.
 *
 * @param length how many bytes of the stream the server has now: where the next piece begins
 * @param full whether the server takes no more of this command from this node
 */
public record PutCommandOutputResponse(long length, boolean full) {}
