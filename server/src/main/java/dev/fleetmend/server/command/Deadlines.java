package dev.fleetmend.server.command;

import dev.fleetmend.server.store.Store;
import java.time.Clock;
import org.jdbi.v3.core.Handle;

/** Ends what nodes did not take over, or did not end, in time. */
final class Deadlines {
  private final Store store;
  private final Clock clock;
  private final CommandFlow flow;
  private final CommandRows commands = new CommandRows();
  private final InvocationRows invocations = new InvocationRows();

  Deadlines(Store store, Clock clock, CommandFlow flow) {
    this.store = store;
    this.clock = clock;
    this.flow = flow;
  }

  void check(CommandDue due) {
    store.change(
        tx ->
            commands
                .lock(tx, due.commandId())
                .filter(command -> !command.ended())
                .ifPresent(command -> check(tx, command)));
  }

  private void check(Handle tx, StoredCommand command) {
    boolean expired = !clock.instant().isBefore(command.expiresAt());
    if (expired) {
      flow.endUnsent(
          tx,
          command.id(),
          command.cancelling() ? InvocationState.CANCELLED : InvocationState.DELIVERY_TIMED_OUT);
    }
    for (StoredInvocation late :
        expired
            ? invocations.open(tx, command.id())
            : invocations.overdue(tx, command.id(), clock.millis())) {
      flow.end(
          tx,
          late,
          late.state() == InvocationState.CANCELLING
              ? InvocationState.CANCELLED
              : InvocationState.DELIVERY_TIMED_OUT);
    }
    flow.advance(tx, command.id());
    commands
        .find(tx, command.id())
        .filter(after -> !after.ended())
        .ifPresent(after -> flow.watch(tx, after));
  }
}
