package dev.fleetmend.server.command;

import dev.fleetmend.api.ApiException;
import dev.fleetmend.protocol.message.GetCommandPayloadRequest;
import dev.fleetmend.protocol.message.GetCommandPayloadResponse;
import dev.fleetmend.server.operation.Caller;
import dev.fleetmend.server.operation.Operations;
import dev.fleetmend.server.store.Store;
import org.jdbi.v3.core.Handle;

/**
 * {@code Fleetmend.GetCommandPayload}: a program that another agent started for a command asks what
 * the command says, instead of being told by text that a shell has read.
 */
final class CommandPayloads {
  private final Store store;
  private final CommandRows commands = new CommandRows();
  private final InvocationRows invocations = new InvocationRows();

  CommandPayloads(Store store) {
    this.store = store;
  }

  void offer(Operations operations) {
    operations.on(
        "Fleetmend.GetCommandPayload",
        GetCommandPayloadRequest.class,
        (request, caller) -> store.read(db -> get(db, request.commandId(), caller)));
  }

  private GetCommandPayloadResponse get(Handle db, String commandId, Caller caller) {
    String instanceId = caller instanceof Caller.Node node ? node.instanceId() : "";
    OwnCommand.require(db, invocations, commandId, instanceId);
    if (invocations
        .find(db, commandId, instanceId)
        .filter(invocation -> invocation.sent() && !invocation.state().ended())
        .isEmpty()) {
      throw new ApiException(
          "InvalidCommandId", "No command of that ID is under way on this managed node.");
    }
    return new GetCommandPayloadResponse(commands.find(db, commandId).orElseThrow().payload());
  }
}
