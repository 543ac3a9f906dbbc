package dev.fleetmend.server.audit;

import dev.fleetmend.server.audit.ListAuditResponse.AuditEvent;
import dev.fleetmend.server.operation.Action;
import dev.fleetmend.server.operation.Operations;
import dev.fleetmend.server.store.Pages;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;

/** Reading the tables audit and audit_resource, the newest first. */
final class AuditQuery {
  private static final double SECOND = 1_000;

  /** Of what is no operation but a path. */
  private static final String CHANNELS = "ssmmessages:";

  private final Operations operations;

  AuditQuery(Operations operations) {
    this.operations = operations;
  }

  /** Where a page begins: after this entry. */
  private record Position(long at, String requestId) {
    static @Nullable Position of(String token) {
      String text = Pages.after(token);
      if (text == null) {
        return null;
      }
      String[] parts = text.split(" ", -1);
      if (parts.length != 2 || !parts[0].matches("[0-9]{1,15}")) {
        throw Pages.invalid();
      }
      return new Position(Long.parseLong(parts[0]), parts[1]);
    }

    String token() {
      return Pages.token(at + " " + requestId);
    }
  }

  ListAuditResponse page(Handle db, ListAuditRequest request, int most) {
    List<AuditEvent> events = new ArrayList<>(events(db, request, most + 1));
    if (events.size() <= most) {
      return new ListAuditResponse(events, null);
    }
    events.removeLast();
    AuditEvent last = events.getLast();
    return new ListAuditResponse(
        events, new Position(Math.round(last.time() * SECOND), last.requestId()).token());
  }

  private List<AuditEvent> events(Handle db, ListAuditRequest request, int most) {
    Position after = Position.of(request.nextToken());
    Map<String, Object> values = new HashMap<>();
    String where = where(request, after, values);
    Map<String, List<String>> resources = new HashMap<>();
    String page = " FROM audit a" + where + " ORDER BY a.at DESC, a.request_id DESC LIMIT :most";
    values.put("most", most);
    db.createQuery(
            "SELECT r.request_id, r.resource FROM audit_resource r WHERE (r.at, r.request_id) IN"
                + " (SELECT a.at, a.request_id"
                + page
                + ") ORDER BY r.resource")
        .bindMap(values)
        .map((row, context) -> Map.entry(row.getString(1), row.getString(2)))
        .forEach(
            one ->
                resources
                    .computeIfAbsent(one.getKey(), id -> new ArrayList<>())
                    .add(one.getValue()));
    return db.createQuery("SELECT a.*" + page)
        .bindMap(values)
        .map((row, context) -> event(row, resources))
        .list();
  }

  private String where(
      ListAuditRequest request, @Nullable Position after, Map<String, Object> values) {
    StringBuilder where = new StringBuilder(" WHERE a.at >= :since");
    values.put("since", Math.round(request.since() * SECOND));
    if (request.until() > 0) {
      where.append(" AND a.at < :until");
      values.put("until", Math.round(request.until() * SECOND));
    }
    if (!request.key().isEmpty()) {
      where.append(" AND a.caller = :key");
      values.put("key", request.key());
    }
    if (!request.operation().isEmpty()) {
      where.append(" AND a.operation IN (");
      List<String> names = operations(request.operation());
      for (int i = 0; i < names.size(); i++) {
        where.append(i == 0 ? ":operation" : ", :operation").append(i);
        values.put("operation" + i, names.get(i));
      }
      where.append(')');
    }
    if (!request.outcome().isEmpty()) {
      boolean refused = request.outcome().equals(ListAuditRequest.REFUSED);
      where.append(" AND a.outcome ").append(refused ? "<>" : "=").append(" :outcome");
      values.put("outcome", refused ? AuditEntry.SUCCESS : request.outcome());
    }
    if (!request.resource().isEmpty()) {
      boolean alone = request.resource().equals(AuditRows.name(request.resource()));
      where
          .append(" AND (a.at, a.request_id) IN (SELECT r.at, r.request_id FROM audit_resource r")
          .append(" WHERE r.name = :name")
          .append(alone ? ")" : " AND r.resource = :resource)");
      values.put("name", AuditRows.name(request.resource()));
      values.put("resource", request.resource());
    }
    if (after != null) {
      where.append(" AND (a.at < :at OR (a.at = :at AND a.request_id < :request))");
      values.put("at", after.at());
      values.put("request", after.requestId());
    }
    return where.toString();
  }

  /** One name, as it nearly always is, is found in the order of the index. */
  private List<String> operations(String named) {
    if (named.contains(":")) {
      return List.of(named);
    }
    List<String> offered =
        operations.all().values().stream()
            .map(operation -> operation.access().action())
            .filter(action -> action.name().equals(named))
            .map(Action::toString)
            .toList();
    return offered.isEmpty() ? List.of(CHANNELS + named) : offered;
  }

  private static AuditEvent event(ResultSet row, Map<String, List<String>> resources)
      throws SQLException {
    String requestId = row.getString("request_id");
    return new AuditEvent(
        row.getLong("at") / SECOND,
        requestId,
        row.getString("caller_type"),
        row.getString("caller"),
        row.getString("role"),
        row.getString("operation"),
        resources.getOrDefault(requestId, List.of()),
        row.getString("outcome"),
        row.getString("source"),
        row.getInt("unrecorded"));
  }
}
