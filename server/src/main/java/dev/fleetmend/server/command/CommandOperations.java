package dev.fleetmend.server.command;

import dev.fleetmend.api.ApiException;
import dev.fleetmend.server.operation.Caller;
import dev.fleetmend.server.operation.Operations;
import dev.fleetmend.server.store.Store;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jdbi.v3.core.Handle;
import software.amazon.awssdk.services.ssm.model.CancelCommandRequest;
import software.amazon.awssdk.services.ssm.model.CancelCommandResponse;
import software.amazon.awssdk.services.ssm.model.Command;
import software.amazon.awssdk.services.ssm.model.CommandStatus;
import software.amazon.awssdk.services.ssm.model.SendCommandRequest;
import software.amazon.awssdk.services.ssm.model.SendCommandResponse;

/** SendCommand and CancelCommand. */
final class CommandOperations {
  private final Store store;
  private final Commands commands;
  private final Cancellation cancellation;
  private final CommandRows rows = new CommandRows();
  private final InvocationRows invocations = new InvocationRows();

  CommandOperations(Store store, Commands commands, Cancellation cancellation) {
    this.store = store;
    this.commands = commands;
    this.cancellation = cancellation;
  }

  void offer(Operations operations) {
    operations.on(SendCommandRequest.class, this::send);
    operations.on(CancelCommandRequest.class, this::cancel);
  }

  private SendCommandResponse send(SendCommandRequest request, Caller caller) {
    return store.write(
        tx -> {
          String id = commands.send(tx, request, null);
          Command sent = CommandViews.command(rows.find(tx, id).orElseThrow());
          return SendCommandResponse.builder()
              .command(
                  sent.toBuilder()
                      .status(CommandStatus.PENDING)
                      .statusDetails("Pending")
                      .completedCount(0)
                      .build())
              .build();
        });
  }

  private CancelCommandResponse cancel(CancelCommandRequest request, Caller caller) {
    store.change(
        tx -> {
          StoredCommand command =
              rows.lock(tx, request.commandId())
                  .orElseThrow(
                      () ->
                          new ApiException(
                              "InvalidCommandId",
                              "Command " + request.commandId() + " does not exist."));
          requireInstances(tx, command.id(), request.instanceIds());
          cancellation.cancel(tx, command, request.instanceIds());
        });
    return CancelCommandResponse.builder().build();
  }

  private void requireInstances(Handle tx, String commandId, List<String> instances) {
    Set<String> seen = new HashSet<>();
    for (String instance : instances) {
      if (!seen.add(instance)) {
        throw new ApiException("DuplicateInstanceId", "Instance " + instance + " is named twice.");
      }
      if (invocations.find(tx, commandId, instance).isEmpty()) {
        throw new ApiException(
            "InvalidInstanceId", "Instance " + instance + " is no target of the command.");
      }
    }
  }
}
