package dev.fleetmend.server.document;

import dev.fleetmend.api.ApiException;
import dev.fleetmend.server.document.calendar.ChangeCalendar;
import dev.fleetmend.server.operation.Caller;
import dev.fleetmend.server.operation.Operations;
import dev.fleetmend.server.store.Store;
import java.time.Clock;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.ssm.model.CalendarState;
import software.amazon.awssdk.services.ssm.model.GetCalendarStateRequest;
import software.amazon.awssdk.services.ssm.model.GetCalendarStateResponse;

/** GetCalendarState: several calendars are open together only while each is. */
final class Calendars {
  private static final int MOST_CALENDARS = 20;

  /** Beyond so many beginnings and ends of events that change nothing, no transition is told. */
  private static final int MOST_CHANGES = 1_000;

  private final Store store;
  private final DocumentLibrary library;
  private final Clock clock;

  Calendars(Store store, DocumentLibrary library, Clock clock) {
    this.store = store;
    this.library = library;
    this.clock = clock;
  }

  void offer(Operations operations) {
    operations.on(GetCalendarStateRequest.class, this::state);
  }

  private GetCalendarStateResponse state(GetCalendarStateRequest request, Caller caller) {
    Instant at =
        request.atTime() == null
            ? clock.instant().truncatedTo(ChronoUnit.SECONDS)
            : time(request.atTime());
    if (request.calendarNames().isEmpty() || request.calendarNames().size() > MOST_CALENDARS) {
      throw new ApiException(
          "ValidationException", "CalendarNames must name 1 to " + MOST_CALENDARS + " calendars.");
    }
    List<DocumentVersion> documents =
        store.read(
            db ->
                request.calendarNames().stream()
                    .map(name -> library.find(db, name, null, null))
                    .toList());
    List<ChangeCalendar> calendars = documents.stream().map(DocumentContents::calendar).toList();
    boolean open = isOpen(calendars, at);
    Instant next = transition(calendars, at, open);
    return GetCalendarStateResponse.builder()
        .state(open ? CalendarState.OPEN : CalendarState.CLOSED)
        .atTime(at.toString())
        .nextTransitionTime(next == null ? null : next.toString())
        .build();
  }

  private static boolean isOpen(List<ChangeCalendar> calendars, Instant at) {
    return calendars.stream().allMatch(calendar -> calendar.isOpenAt(at));
  }

  private static @Nullable Instant transition(
      List<ChangeCalendar> calendars, Instant at, boolean open) {
    return Stream.iterate(
            changeAfter(calendars, at), Objects::nonNull, last -> changeAfter(calendars, last))
        .limit(MOST_CHANGES)
        .filter(change -> isOpen(calendars, change) != open)
        .findFirst()
        .orElse(null);
  }

  private static @Nullable Instant changeAfter(List<ChangeCalendar> calendars, Instant moment) {
    return calendars.stream()
        .map(calendar -> calendar.changesAfter(moment))
        .filter(Objects::nonNull)
        .min(Instant::compareTo)
        .orElse(null);
  }

  private static Instant time(String text) {
    try {
      return OffsetDateTime.parse(text).toInstant();
    } catch (DateTimeException e) {
      throw new ApiException(
          "ValidationException", "AtTime must be a time such as 2026-11-02T10:00:00Z.");
    }
  }
}
