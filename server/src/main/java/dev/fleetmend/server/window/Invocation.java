package dev.fleetmend.server.window;

import org.jspecify.annotations.Nullable;

/**
 * A task's run on one of its targets.
 *
 * @param windowTargetId null where the task names its nodes itself, or none
 * @param parameters what was sent, as JSON; null before it was
 * @param commandId null before a command was sent
 */
record Invocation(
    String id,
    String executionId,
    String taskId,
    int position,
    @Nullable String windowTargetId,
    @Nullable String ownerInformation,
    @Nullable String parameters,
    @Nullable String commandId,
    State state) {
  Invocation with(State next) {
    return new Invocation(
        id,
        executionId,
        taskId,
        position,
        windowTargetId,
        ownerInformation,
        parameters,
        commandId,
        next);
  }

  Invocation sent(String sentParameters, @Nullable String command, State next) {
    return new Invocation(
        id,
        executionId,
        taskId,
        position,
        windowTargetId,
        ownerInformation,
        sentParameters,
        command,
        next);
  }
}
