package dev.fleetmend.server.window;

import software.amazon.awssdk.services.ssm.model.GetMaintenanceWindowTaskResponse;

/**
 * A task of an execution.
 *
 * @param position its place in the order of priority
 * @param task as it was when the execution began
 */
record TaskExecution(
    String id,
    String executionId,
    int position,
    GetMaintenanceWindowTaskResponse task,
    State state) {}
