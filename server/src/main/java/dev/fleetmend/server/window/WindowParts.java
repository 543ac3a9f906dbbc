package dev.fleetmend.server.window;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.fleetmend.api.AwsJson;
import dev.fleetmend.server.Core;
import dev.fleetmend.server.node.NodeDirectory;
import dev.fleetmend.server.store.Page;
import dev.fleetmend.server.store.Pages;
import dev.fleetmend.server.tag.TagDirectory;
import dev.fleetmend.server.window.RegisteredTable.Registered;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Comparator;
import java.util.List;
import java.util.function.Function;
import java.util.function.Predicate;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.core.SdkPojo;
import software.amazon.awssdk.services.ssm.model.GetMaintenanceWindowTaskResponse;
import software.amazon.awssdk.services.ssm.model.MaintenanceWindowTarget;
import software.amazon.awssdk.services.ssm.model.SsmRequest;

/** What the operations of maintenance windows are made from. */
record WindowParts(
    Core core,
    TagDirectory tags,
    NodeDirectory nodes,
    AwsJson json,
    WindowLimits limits,
    WindowTable windows,
    RegisteredTable<MaintenanceWindowTarget> targets,
    RegisteredTable<GetMaintenanceWindowTaskResponse> tasks,
    WindowPlans plans) {
  /** How many items a page has where the request does not say. */
  private static final int PAGE = 50;

  static WindowParts of(Core core, TagDirectory tags, NodeDirectory nodes, WindowLimits limits) {
    AwsJson json = new AwsJson();
    return new WindowParts(
        core,
        tags,
        nodes,
        json,
        limits,
        new WindowTable(json),
        RegisteredTable.targets(json),
        RegisteredTable.tasks(json),
        new WindowPlans(core.work()));
  }

  /** Now, as finely as it is kept. */
  Instant now() {
    return core.clock().instant().truncatedTo(ChronoUnit.MILLIS);
  }

  Window window(Handle db, String windowId) {
    return windows.find(db, windowId).orElseThrow(() -> Refusals.noWindow(windowId));
  }

  /** As {@link #window}, kept from being changed by others until the transaction ends. */
  Window locked(Handle tx, String windowId) {
    return windows.lock(tx, windowId).orElseThrow(() -> Refusals.noWindow(windowId));
  }

  /** All that is registered with a window, which must be there. */
  <T extends SdkPojo> List<Registered<T>> registered(RegisteredTable<T> table, String windowId) {
    return core.store()
        .read(
            db -> {
              window(db, windowId);
              return table.of(db, windowId);
            });
  }

  /** One page of what a request's filters take, in order of its keys. */
  static <T> Page<T> page(
      List<T> all,
      Predicate<T> wanted,
      Function<T, String> key,
      @Nullable String nextToken,
      @Nullable Integer maxResults) {
    List<T> sorted = all.stream().filter(wanted).sorted(Comparator.comparing(key)).toList();
    return Pages.slice(sorted, key, nextToken, maxResults, PAGE);
  }

  /**
   * Creates something in a transaction, once a token.
   *
   * @param request the request with a constant token
   * @param create gives the id of what it creates
   * @param answer what is answered for an id
   */
  <R> R once(
      @Nullable String token,
      SsmRequest request,
      Function<Handle, String> create,
      Function<String, R> answer) {
    String operation = request.getClass().getSimpleName();
    String text = new String(json.write(request), UTF_8);
    return core.store()
        .write(
            tx ->
                answer.apply(
                    core.idempotency().once(tx, operation, token, text, () -> create.apply(tx))));
  }
}
