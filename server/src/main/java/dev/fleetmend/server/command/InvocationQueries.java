package dev.fleetmend.server.command;

import dev.fleetmend.server.node.ManagedNode;
import dev.fleetmend.server.node.NodeDirectory;
import dev.fleetmend.server.operation.Caller;
import dev.fleetmend.server.operation.Operations;
import dev.fleetmend.server.store.Pages;
import dev.fleetmend.server.store.Store;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jdbi.v3.core.Handle;
import software.amazon.awssdk.services.ssm.model.CommandFilter;
import software.amazon.awssdk.services.ssm.model.CommandFilterKey;
import software.amazon.awssdk.services.ssm.model.CommandInvocation;
import software.amazon.awssdk.services.ssm.model.CommandPlugin;
import software.amazon.awssdk.services.ssm.model.ListCommandInvocationsRequest;
import software.amazon.awssdk.services.ssm.model.ListCommandInvocationsResponse;

/** ListCommandInvocations, newest first. */
final class InvocationQueries {
  private static final int DEFAULT_PAGE = 50;
  private static final String TIME = "command_invocation.requested_at";
  private static final String ID =
      "command_invocation.command_id || '/' || command_invocation.instance_id";

  private final Store store;
  private final NodeDirectory nodes;
  private final CommandRows commands = new CommandRows();
  private final StepRows steps = new StepRows();

  InvocationQueries(Store store, NodeDirectory nodes) {
    this.store = store;
    this.nodes = nodes;
  }

  void offer(Operations operations) {
    operations.on(ListCommandInvocationsRequest.class, this::list);
  }

  private ListCommandInvocationsResponse list(
      ListCommandInvocationsRequest request, Caller caller) {
    CommandFilters filters =
        new CommandFilters()
            .and("command_invocation.command_id = :id", "id", request.commandId())
            .and("command_invocation.instance_id = :instance", "instance", request.instanceId());
    request.filters().forEach(filter -> add(filters, filter));
    NewestFirst.resume(filters, Pages.after(request.nextToken()), TIME, ID);
    int max = Objects.requireNonNullElse(request.maxResults(), DEFAULT_PAGE);
    return store.read(
        db -> {
          List<StoredInvocation> found = find(db, filters, max + 1);
          List<StoredInvocation> shown = found.subList(0, Math.min(max, found.size()));
          return ListCommandInvocationsResponse.builder()
              .commandInvocations(views(db, shown, Boolean.TRUE.equals(request.details())))
              .nextToken(found.size() > max ? token(shown.getLast()) : null)
              .build();
        });
  }

  private static String token(StoredInvocation last) {
    return NewestFirst.token(last.requestedAt(), last.commandId() + "/" + last.instanceId());
  }

  private static List<StoredInvocation> find(Handle db, CommandFilters filters, int most) {
    return filters
        .bind(
            db.createQuery(
                "SELECT command_invocation.* FROM command_invocation"
                    + " JOIN command ON command.id = command_invocation.command_id"
                    + filters.where()
                    + (" ORDER BY " + TIME + " DESC, " + ID + " DESC LIMIT :most")))
        .bind("most", most)
        .map((row, context) -> InvocationRows.invocation(row))
        .list();
  }

  private List<CommandInvocation> views(Handle db, List<StoredInvocation> found, boolean details) {
    Map<String, StoredCommand> known = new HashMap<>();
    Map<String, ManagedNode> named =
        nodes.findAll(db, found.stream().map(StoredInvocation::instanceId).distinct().toList());
    List<CommandInvocation> views = new ArrayList<>();
    for (StoredInvocation invocation : found) {
      StoredCommand command =
          known.computeIfAbsent(invocation.commandId(), id -> commands.find(db, id).orElseThrow());
      ManagedNode node = named.get(invocation.instanceId());
      views.add(
          CommandViews.invocation(
              invocation,
              command,
              node == null ? null : node.computerName(),
              details ? plugins(db, invocation, command) : List.of()));
    }
    return views;
  }

  private List<CommandPlugin> plugins(
      Handle db, StoredInvocation invocation, StoredCommand command) {
    return steps.of(db, invocation.commandId(), invocation.instanceId()).stream()
        .map(step -> CommandViews.plugin(step, command.request()))
        .toList();
  }

  private static void add(CommandFilters filters, CommandFilter filter) {
    if (filter.key() == CommandFilterKey.STATUS) {
      List<String> states = new ArrayList<>();
      for (InvocationState state : InvocationState.values()) {
        if (state.status().toString().equals(filter.value())
            || state.details().equals(filter.value())) {
          states.add("'" + state.name() + "'");
        }
      }
      filters.and(
          states.isEmpty()
              ? "1 = 0"
              : "command_invocation.state IN (" + String.join(", ", states) + ")");
    } else {
      filters.common("command_invocation", filter);
    }
  }
}
