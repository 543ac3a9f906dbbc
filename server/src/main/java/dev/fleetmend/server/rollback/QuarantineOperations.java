package dev.fleetmend.server.rollback;

import dev.fleetmend.api.ApiException;
import dev.fleetmend.server.Core;
import dev.fleetmend.server.operation.Caller;
import dev.fleetmend.server.store.Page;
import dev.fleetmend.server.store.Pages;
import java.util.List;
import org.jdbi.v3.core.Handle;

/** {@code Fleetmend.ListQuarantine} and {@code Fleetmend.ReleaseQuarantine}. */
public final class QuarantineOperations {
  private static final int MOST = 100;
  private static final int DEFAULT_PAGE = 50;

  private final Core core;
  private final QuarantineTable table;
  private final HeldBackListener listener;

  public QuarantineOperations(Core core, Quarantine quarantine, HeldBackListener listener) {
    this.core = core;
    this.table = quarantine.table();
    this.listener = listener;
  }

  public void offer() {
    core.operations().on("Fleetmend.ListQuarantine", ListQuarantineRequest.class, this::list);
    core.operations()
        .on("Fleetmend.ReleaseQuarantine", ReleaseQuarantineRequest.class, this::release);
  }

  private ListQuarantineResponse list(ListQuarantineRequest request, Caller caller) {
    if (request.maxResults() < 0 || request.maxResults() > MOST) {
      throw new ApiException("ValidationException", "MaxResults must be between 1 and " + MOST);
    }
    List<HeldVersion> matching =
        core.store().read(table::all).stream()
            .filter(held -> request.includeReleased() || held.isHeld())
            .filter(held -> request.heldBy().isEmpty() || held.heldBy().equals(request.heldBy()))
            .toList();
    Page<HeldVersion> page =
        Pages.slice(
            matching,
            HeldVersion::id,
            request.nextToken(),
            request.maxResults() == 0 ? null : request.maxResults(),
            DEFAULT_PAGE);
    return new ListQuarantineResponse(
        page.items().stream().map(HeldPatch::of).toList(), page.nextToken());
  }

  private ReleaseQuarantineResponse release(ReleaseQuarantineRequest request, Caller caller) {
    return core.store()
        .write(
            tx -> {
              HeldVersion held = require(tx, request.quarantineId());
              if (table.release(tx, held.id(), core.clock().millis())) {
                boolean node = held.scope() == HeldVersion.Scope.NODE;
                listener.changed(tx, node ? held.heldBy() : "", node ? "" : held.heldBy());
              }
              return new ReleaseQuarantineResponse(HeldPatch.of(require(tx, held.id())));
            });
  }

  private HeldVersion require(Handle tx, String id) {
    return table
        .find(tx, id)
        .orElseThrow(
            () -> new ApiException("DoesNotExistException", "No version is held as " + id + "."));
  }
}
