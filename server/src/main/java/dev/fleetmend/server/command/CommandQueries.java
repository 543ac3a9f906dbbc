package dev.fleetmend.server.command;

import dev.fleetmend.server.operation.Caller;
import dev.fleetmend.server.operation.Operations;
import dev.fleetmend.server.store.Pages;
import dev.fleetmend.server.store.Store;
import java.util.List;
import java.util.Objects;
import org.jdbi.v3.core.Handle;
import software.amazon.awssdk.services.ssm.model.CommandFilter;
import software.amazon.awssdk.services.ssm.model.CommandFilterKey;
import software.amazon.awssdk.services.ssm.model.ListCommandsRequest;
import software.amazon.awssdk.services.ssm.model.ListCommandsResponse;

/** ListCommands, newest first. */
final class CommandQueries {
  private static final int DEFAULT_PAGE = 50;
  private static final String ENDED =
      "command.status IN ('Success', 'Failed', 'TimedOut', 'Cancelled')";
  private final Store store;
  private final CommandRows rows = new CommandRows();

  CommandQueries(Store store) {
    this.store = store;
  }

  void offer(Operations operations) {
    operations.on(ListCommandsRequest.class, this::list);
  }

  private ListCommandsResponse list(ListCommandsRequest request, Caller caller) {
    CommandFilters filters =
        new CommandFilters()
            .and("command.id = :id", "id", request.commandId())
            .and(
                "command.id IN (SELECT command_id FROM command_invocation"
                    + " WHERE instance_id = :instance)",
                "instance",
                request.instanceId());
    request.filters().forEach(filter -> add(filters, filter));
    NewestFirst.resume(
        filters, Pages.after(request.nextToken()), "command.requested_at", "command.id");
    int max = Objects.requireNonNullElse(request.maxResults(), DEFAULT_PAGE);
    List<StoredCommand> found = store.read(db -> find(db, filters, max + 1));
    List<StoredCommand> shown = found.subList(0, Math.min(max, found.size()));
    return ListCommandsResponse.builder()
        .commands(shown.stream().map(CommandViews::command).toList())
        .nextToken(
            found.size() > max
                ? NewestFirst.token(shown.getLast().requestedAt(), shown.getLast().id())
                : null)
        .build();
  }

  private List<StoredCommand> find(Handle db, CommandFilters filters, int most) {
    return filters
        .bind(
            db.createQuery(
                "SELECT * FROM command"
                    + filters.where()
                    + " ORDER BY requested_at DESC, id DESC LIMIT :most"))
        .bind("most", most)
        .map((row, context) -> rows.command(row))
        .list();
  }

  private static void add(CommandFilters filters, CommandFilter filter) {
    if (filter.key() == CommandFilterKey.EXECUTION_STAGE) {
      filters.and(filter.value().equals("Complete") ? ENDED : "NOT " + ENDED);
    } else if (filter.key() == CommandFilterKey.STATUS) {
      filters.and(
          "(command.status = :status OR command.status_details = :status)",
          "status",
          filter.value());
    } else {
      filters.common("command", filter);
    }
  }
}
