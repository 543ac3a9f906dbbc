package dev.fleetmend.server.command;

import dev.fleetmend.protocol.message.RunStatus;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** The result of one step on one node as it is kept. */
record StoredStep(
    String name,
    RunStatus status,
    int code,
    @Nullable Instant startedAt,
    @Nullable Instant endedAt,
    String standardOutput,
    String standardError) {}
