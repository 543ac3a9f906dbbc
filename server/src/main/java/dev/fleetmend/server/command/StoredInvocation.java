package dev.fleetmend.server.command;

import java.time.Instant;

/**
 * One target of a command as it is kept.
 *
 * @param sent whether the command has gone out to it
 * @param traceOutput why the document could not be run at all, else empty
 */
record StoredInvocation(
    String commandId,
    String instanceId,
    InvocationState state,
    Instant requestedAt,
    boolean sent,
    String traceOutput) {}
