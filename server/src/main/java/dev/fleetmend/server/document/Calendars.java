package dev.fleetmend.server.document;

import dev.fleetmend.api.ApiException;
import dev.fleetmend.server.operation.Caller;
import dev.fleetmend.server.operation.Operations;
import dev.fleetmend.server.store.Store;
import java.time.DateTimeException;
import java.time.OffsetDateTime;
import software.amazon.awssdk.services.ssm.model.GetCalendarStateRequest;
import software.amazon.awssdk.services.ssm.model.GetCalendarStateResponse;

/**
 * GetCalendarState. Documents of type ChangeCalendar are not kept, so that every name is refused as
 * SSM refuses what is no calendar.
 */
final class Calendars {
  private final Store store;
  private final DocumentLibrary library;

  Calendars(Store store, DocumentLibrary library) {
    this.store = store;
    this.library = library;
  }

  void offer(Operations operations) {
    operations.on(GetCalendarStateRequest.class, this::state);
  }

  private GetCalendarStateResponse state(GetCalendarStateRequest request, Caller caller) {
    if (request.atTime() != null) {
      requireTime(request.atTime());
    }
    if (request.calendarNames().isEmpty()) {
      throw new ApiException("ValidationException", "CalendarNames must name a calendar.");
    }
    String name = request.calendarNames().getFirst();
    DocumentVersion document = store.read(db -> library.find(db, name, null, null));
    throw new ApiException(
        "InvalidDocumentType",
        "Document type: '"
            + document.type()
            + "' is not supported. Only type: 'ChangeCalendar' is a calendar, and this server"
            + " keeps none.");
  }

  private static void requireTime(String text) {
    try {
      OffsetDateTime.parse(text);
    } catch (DateTimeException e) {
      throw new ApiException(
          "ValidationException", "AtTime must be a time such as 2026-11-02T10:00:00Z.");
    }
  }
}
