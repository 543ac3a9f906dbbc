package dev.fleetmend.server.command;

import dev.fleetmend.api.ApiException;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jdbi.v3.core.statement.SqlStatement;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.ssm.model.CommandFilter;

/** Conditions on commands or invocations, as SQL with named values. */
final class CommandFilters {
  private final List<String> conditions = new ArrayList<>();
  private final Map<String, Object> values = new LinkedHashMap<>();

  /** Adds a condition; {@code sql} names its value as {@code :<name>}. */
  CommandFilters and(String sql, String name, @Nullable Object value) {
    if (value != null) {
      conditions.add(sql);
      values.put(name, value);
    }
    return this;
  }

  CommandFilters and(String sql) {
    conditions.add(sql);
    return this;
  }

  /** Adds another value for a condition that names two. */
  void value(String name, Object value) {
    values.put(name, value);
  }

  /**
   * Adds the filters that both lists know.
   *
   * @param table the table that holds {@code requested_at}
   * @throws ApiException InvalidFilterKey for any other
   */
  void common(String table, CommandFilter filter) {
    switch (filter.key()) {
      case INVOKED_AFTER ->
          and(table + ".requested_at > :after", "after", time(filter).toEpochMilli());
      case INVOKED_BEFORE ->
          and(table + ".requested_at < :before", "before", time(filter).toEpochMilli());
      case DOCUMENT_NAME -> and("command.document_name = :document", "document", filter.value());
      case null, default ->
          throw new ApiException(
              "InvalidFilterKey", "The filter key " + filter.keyAsString() + " is not valid.");
    }
  }

  private static Instant time(CommandFilter filter) {
    try {
      Instant time = OffsetDateTime.parse(filter.value()).toInstant();
      return time.isBefore(Instant.EPOCH) ? Instant.EPOCH : time;
    } catch (DateTimeException e) {
      throw new ApiException(
          "ValidationException",
          filter.keyAsString() + " must be a time such as 2026-11-02T10:00:00Z.");
    }
  }

  String where() {
    return conditions.isEmpty() ? "" : " WHERE " + String.join(" AND ", conditions);
  }

  <S extends SqlStatement<S>> S bind(S statement) {
    values.forEach(statement::bind);
    return statement;
  }
}
