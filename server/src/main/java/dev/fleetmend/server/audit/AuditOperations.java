package dev.fleetmend.server.audit;

import dev.fleetmend.api.ApiException;
import dev.fleetmend.server.operation.Caller;
import dev.fleetmend.server.operation.Operations;
import dev.fleetmend.server.store.Store;
import java.util.stream.Stream;

/** {@code Fleetmend.ListAudit}. */
final class AuditOperations {
  private static final int MOST = 1_000;
  private static final int USUAL = 50;

  private final Store store;
  private final Operations operations;
  private final AuditQuery query;

  AuditOperations(Store store, Operations operations) {
    this.store = store;
    this.operations = operations;
    this.query = new AuditQuery(operations);
  }

  void offer() {
    operations.on("Fleetmend.ListAudit", ListAuditRequest.class, this::list);
  }

  private ListAuditResponse list(ListAuditRequest request, Caller caller) {
    if (request.maxResults() < 0 || request.maxResults() > MOST) {
      throw invalid("MaxResults must be between 1 and " + MOST);
    }
    if (!isTime(request.since()) || !isTime(request.until())) {
      throw invalid("Since and Until must be seconds since 1970");
    }
    if (Stream.of(request.key(), request.operation(), request.resource(), request.outcome())
        .anyMatch(text -> text.indexOf('\0') >= 0)) {
      throw invalid("Key, Operation, Resource and Outcome must be text");
    }
    int most = request.maxResults() == 0 ? USUAL : request.maxResults();
    return store.read(db -> query.page(db, request, most));
  }

  private static boolean isTime(double seconds) {
    return seconds >= 0 && seconds < 1e11;
  }

  private static ApiException invalid(String message) {
    return new ApiException("ValidationException", message + ".");
  }
}
