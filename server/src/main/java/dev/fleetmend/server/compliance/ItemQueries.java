package dev.fleetmend.server.compliance;

import dev.fleetmend.api.ApiException;
import dev.fleetmend.server.Core;
import dev.fleetmend.server.operation.Caller;
import dev.fleetmend.server.store.Pages;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.function.Predicate;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.ssm.model.ComplianceItem;
import software.amazon.awssdk.services.ssm.model.ComplianceItemEntry;
import software.amazon.awssdk.services.ssm.model.ListComplianceItemsRequest;
import software.amazon.awssdk.services.ssm.model.ListComplianceItemsResponse;

/** ListComplianceItems. */
final class ItemQueries {
  private static final int DEFAULT_PAGE = 50;
  private static final List<String> DETAILS =
      List.of(
          "DocumentName",
          "DocumentVersion",
          "Classification",
          "PatchBaselineId",
          "PatchGroup",
          "PatchSeverity",
          "PatchState",
          "InstalledTime");
  private static final ComplianceFilters<ComplianceItem> FILTERS = new ComplianceFilters<>(keys());

  private final Core core;
  private final ComplianceTable table;
  private final PatchItems patches;

  ItemQueries(Core core, ComplianceTable table, PatchItems patches) {
    this.core = core;
    this.table = table;
    this.patches = patches;
  }

  void offer() {
    core.operations().on(ListComplianceItemsRequest.class, this::list);
  }

  private static Map<String, Function<ComplianceItem, @Nullable String>> keys() {
    Map<String, Function<ComplianceItem, @Nullable String>> keys = new HashMap<>();
    keys.put("ComplianceType", ComplianceItem::complianceType);
    keys.put("ResourceType", ComplianceItem::resourceType);
    keys.put("ResourceId", ComplianceItem::resourceId);
    keys.put("Id", ComplianceItem::id);
    keys.put("Title", ComplianceItem::title);
    keys.put("Status", ComplianceItem::statusAsString);
    keys.put("Severity", ComplianceItem::severityAsString);
    keys.put("ExecutionId", item -> item.executionSummary().executionId());
    keys.put("ExecutionType", item -> item.executionSummary().executionType());
    keys.put("ExecutionTime", item -> item.executionSummary().executionTime().toString());
    DETAILS.forEach(name -> keys.put(name, item -> item.details().get(name)));
    return keys;
  }

  private ListComplianceItemsResponse list(ListComplianceItemsRequest request, Caller caller) {
    Predicate<ComplianceItem> wanted = FILTERS.of(request.filters());
    checkResources(request);
    int max = request.maxResults() == null ? DEFAULT_PAGE : request.maxResults();
    String after = Pages.after(request.nextToken());
    List<ComplianceItem> found =
        core.store()
            .read(
                db ->
                    request.resourceIds().isEmpty()
                        ? all(db, wanted, after, max + 1)
                        : some(
                            table.ofResource(db, request.resourceIds().getFirst()),
                            db,
                            wanted,
                            after,
                            max + 1));
    List<ComplianceItem> shown = found.subList(0, Math.min(max, found.size()));
    return ListComplianceItemsResponse.builder()
        .complianceItems(shown)
        .nextToken(found.size() > max ? Pages.token(key(shown.getLast())) : null)
        .build();
  }

  private static void checkResources(ListComplianceItemsRequest request) {
    if (request.resourceIds().size() > 1) {
      throw new ApiException(
          "InvalidResourceId", "Specify one resource ID. Several are not supported.");
    }
    if (!request.resourceIds().isEmpty()
        && (request.resourceIds().getFirst() == null
            || request.resourceIds().getFirst().indexOf('\0') >= 0)) {
      throw new ApiException("InvalidResourceId", "The resource ID is not valid.");
    }
    if (request.resourceTypes().size() > 1
        || !List.of(ComplianceRow.RESOURCE_TYPE).containsAll(request.resourceTypes())) {
      throw new ApiException(
          "InvalidResourceType",
          "The resource type is not valid. Only ManagedInstance is supported.");
    }
  }

  /** Of all resources, one by one from that which the last page ended in. */
  private List<ComplianceItem> all(
      Handle db, Predicate<ComplianceItem> wanted, @Nullable String after, int most) {
    String[] parts = after == null ? new String[0] : after.split("\u0001", 3);
    String resource = parts.length > 0 ? parts[0] : "";
    List<ComplianceItem> found =
        new ArrayList<>(some(table.ofResource(db, resource), db, wanted, after, most));
    List<ComplianceRow> rows = table.ofNextResource(db, resource);
    while (!rows.isEmpty() && found.size() < most) {
      found.addAll(some(rows, db, wanted, after, most - found.size()));
      rows = table.ofNextResource(db, rows.getLast().resourceId());
    }
    return found;
  }

  private List<ComplianceItem> some(
      List<ComplianceRow> rows,
      Handle db,
      Predicate<ComplianceItem> wanted,
      @Nullable String after,
      int most) {
    return rows.stream()
        .flatMap(row -> items(db, row).stream())
        .filter(item -> after == null || key(item).compareTo(after) > 0)
        .filter(wanted)
        .limit(most)
        .toList();
  }

  /** A row's items, by id and title. */
  List<ComplianceItem> items(Handle db, ComplianceRow row) {
    List<ComplianceItemEntry> entries =
        row.type().equals(ComplianceRow.PATCH)
            ? patches.of(db, row.resourceId())
            : table.items(db, row);
    return entries.stream()
        .map(entry -> item(row, entry))
        .sorted(Comparator.comparing(ItemQueries::key))
        .toList();
  }

  private static ComplianceItem item(ComplianceRow row, ComplianceItemEntry entry) {
    return ComplianceItem.builder()
        .complianceType(row.type())
        .resourceType(ComplianceRow.RESOURCE_TYPE)
        .resourceId(row.resourceId())
        .id(text(entry.id()))
        .title(text(entry.title()))
        .status(entry.status())
        .severity(entry.severity())
        .executionSummary(row.execution())
        .details(entry.details())
        .build();
  }

  private static String key(ComplianceItem item) {
    return String.join("\u0001", item.resourceId(), item.complianceType(), item.id(), item.title());
  }

  private static String text(@Nullable String text) {
    return text == null ? "" : text;
  }
}
