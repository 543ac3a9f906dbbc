package dev.fleetmend.server.datasync;

import dev.fleetmend.api.ApiException;
import dev.fleetmend.server.Core;
import dev.fleetmend.server.operation.Caller;
import dev.fleetmend.server.quota.Quota;
import dev.fleetmend.server.store.Page;
import dev.fleetmend.server.store.Pages;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import org.jdbi.v3.core.Handle;
import software.amazon.awssdk.services.ssm.model.CreateResourceDataSyncRequest;
import software.amazon.awssdk.services.ssm.model.CreateResourceDataSyncResponse;
import software.amazon.awssdk.services.ssm.model.DeleteResourceDataSyncRequest;
import software.amazon.awssdk.services.ssm.model.DeleteResourceDataSyncResponse;
import software.amazon.awssdk.services.ssm.model.LastResourceDataSyncStatus;
import software.amazon.awssdk.services.ssm.model.ListResourceDataSyncRequest;
import software.amazon.awssdk.services.ssm.model.ListResourceDataSyncResponse;
import software.amazon.awssdk.services.ssm.model.ResourceDataSyncItem;
import software.amazon.awssdk.services.ssm.model.ResourceDataSyncSource;
import software.amazon.awssdk.services.ssm.model.ResourceDataSyncSourceWithState;
import software.amazon.awssdk.services.ssm.model.UpdateResourceDataSyncRequest;
import software.amazon.awssdk.services.ssm.model.UpdateResourceDataSyncResponse;

/** Create-, Update-, Delete- and ListResourceDataSync. */
final class SyncOperations {
  private static final int DEFAULT_PAGE = 50;

  private final Core core;
  private final SyncTable table;
  private final SyncRuns runs;
  private final SyncChecks checks;

  SyncOperations(Core core, SyncTable table, SyncRuns runs) {
    this.core = core;
    this.table = table;
    this.runs = runs;
    this.checks = new SyncChecks(core.config());
  }

  void offer() {
    core.operations().on(CreateResourceDataSyncRequest.class, this::create);
    core.operations().on(UpdateResourceDataSyncRequest.class, this::update);
    core.operations().on(DeleteResourceDataSyncRequest.class, this::delete);
    core.operations().on(ListResourceDataSyncRequest.class, this::list);
  }

  private CreateResourceDataSyncResponse create(
      CreateResourceDataSyncRequest request, Caller caller) {
    String type = SyncChecks.type(request.syncType());
    checks.check(request, type);
    Instant now = core.clock().instant();
    ResourceDataSyncItem.Builder sync =
        ResourceDataSyncItem.builder()
            .syncName(request.syncName())
            .syncType(type)
            .syncCreatedTime(now)
            .s3Destination(request.s3Destination())
            .lastStatus(LastResourceDataSyncStatus.IN_PROGRESS);
    if (request.syncSource() != null) {
      sync.syncSource(withState(request.syncSource()))
          .syncLastModifiedTime(now)
          .lastSyncTime(now)
          .lastSuccessfulSyncTime(now)
          .lastStatus(LastResourceDataSyncStatus.SUCCESSFUL);
    }
    core.store().change(tx -> create(tx, sync.build()));
    return CreateResourceDataSyncResponse.builder().build();
  }

  private void create(Handle tx, ResourceDataSyncItem sync) {
    if (!table.insert(tx, sync)) {
      throw new ApiException(
          "ResourceDataSyncAlreadyExistsException",
          "A sync configuration with the name " + sync.syncName() + " already exists.");
    }
    int most = core.quotas().of(Quota.RESOURCE_DATA_SYNCS);
    if (table.all(tx).size() > most) {
      throw new ApiException(
          "ResourceDataSyncCountExceededException",
          "You have exceeded the allowed maximum of " + most + " sync configurations.");
    }
    if (sync.syncType().equals(SyncChecks.TO_DESTINATION)) {
      runs.schedule(tx, sync.syncName(), core.clock().instant());
    }
  }

  /** What this server knows is all in one region, so that it is whole at once. */
  private static ResourceDataSyncSourceWithState withState(ResourceDataSyncSource source) {
    return ResourceDataSyncSourceWithState.builder()
        .sourceType(source.sourceType())
        .sourceRegions(source.sourceRegions())
        .includeFutureRegions(Boolean.TRUE.equals(source.includeFutureRegions()))
        .enableAllOpsDataSources(Boolean.TRUE.equals(source.enableAllOpsDataSources()))
        .state("Running")
        .build();
  }

  private UpdateResourceDataSyncResponse update(
      UpdateResourceDataSyncRequest request, Caller caller) {
    if (!SyncChecks.type(request.syncType()).equals(SyncChecks.FROM_SOURCE)) {
      throw SyncChecks.invalid("only a sync of type SyncFromSource can be updated");
    }
    checks.check(request.syncSource());
    core.store()
        .change(
            tx -> {
              ResourceDataSyncItem sync =
                  plain(request.syncName())
                      ? table
                          .find(tx, request.syncName(), request.syncType())
                          .orElseThrow(() -> notFound(request.syncName()))
                      : refuse(request.syncName());
              table.update(
                  tx,
                  sync.toBuilder()
                      .syncSource(withState(request.syncSource()))
                      .syncLastModifiedTime(core.clock().instant())
                      .build());
            });
    return UpdateResourceDataSyncResponse.builder().build();
  }

  private DeleteResourceDataSyncResponse delete(
      DeleteResourceDataSyncRequest request, Caller caller) {
    String type = SyncChecks.type(request.syncType());
    String name = request.syncName();
    core.store()
        .change(
            tx -> {
              if (!plain(name) || !table.delete(tx, name, type)) {
                throw notFound(name);
              }
              runs.cancel(tx, name);
            });
    return DeleteResourceDataSyncResponse.builder().build();
  }

  private ListResourceDataSyncResponse list(ListResourceDataSyncRequest request, Caller caller) {
    String type = request.syncType() == null ? "" : SyncChecks.type(request.syncType());
    List<ResourceDataSyncItem> all =
        core.store().read(table::all).stream()
            .filter(sync -> type.isEmpty() || sync.syncType().equals(type))
            .sorted(Comparator.comparing(SyncOperations::key))
            .toList();
    Page<ResourceDataSyncItem> page =
        Pages.slice(
            all, SyncOperations::key, request.nextToken(), request.maxResults(), DEFAULT_PAGE);
    return ListResourceDataSyncResponse.builder()
        .resourceDataSyncItems(page.items())
        .nextToken(page.nextToken())
        .build();
  }

  private static String key(ResourceDataSyncItem sync) {
    return sync.syncName() + "\u0001" + sync.syncType();
  }

  private static boolean plain(String name) {
    return name.indexOf('\0') < 0;
  }

  private static ResourceDataSyncItem refuse(String name) {
    throw notFound(name);
  }

  private static ApiException notFound(String name) {
    return new ApiException(
        "ResourceDataSyncNotFoundException",
        "The specified sync name " + name.replace("\0", "") + " was not found.");
  }
}
