package dev.fleetmend.server.compliance;

import dev.fleetmend.patching.baseline.ComplianceLevel;
import dev.fleetmend.server.Core;
import dev.fleetmend.server.operation.Caller;
import dev.fleetmend.server.store.Page;
import dev.fleetmend.server.store.Pages;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.function.Predicate;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.ssm.model.ComplianceStatus;
import software.amazon.awssdk.services.ssm.model.ComplianceSummaryItem;
import software.amazon.awssdk.services.ssm.model.CompliantSummary;
import software.amazon.awssdk.services.ssm.model.ListComplianceSummariesRequest;
import software.amazon.awssdk.services.ssm.model.ListComplianceSummariesResponse;
import software.amazon.awssdk.services.ssm.model.ListResourceComplianceSummariesRequest;
import software.amazon.awssdk.services.ssm.model.ListResourceComplianceSummariesResponse;
import software.amazon.awssdk.services.ssm.model.NonCompliantSummary;
import software.amazon.awssdk.services.ssm.model.ResourceComplianceSummaryItem;

/** ListResourceComplianceSummaries counts items, ListComplianceSummaries counts resources. */
final class SummaryQueries {
  private static final int DEFAULT_PAGE = 50;
  private static final int READ_AT_ONCE = 1_000;
  private static final ComplianceFilters<ComplianceRow> FILTERS =
      new ComplianceFilters<>(
          Map.<String, Function<ComplianceRow, @Nullable String>>ofEntries(
              Map.entry("ComplianceType", ComplianceRow::type),
              Map.entry("ResourceType", row -> ComplianceRow.RESOURCE_TYPE),
              Map.entry("ResourceId", ComplianceRow::resourceId),
              Map.entry("Status", row -> row.status().toString()),
              Map.entry("OverallSeverity", row -> row.overallSeverity().name()),
              Map.entry("ExecutionId", ComplianceRow::executionId),
              Map.entry("ExecutionType", ComplianceRow::executionType),
              Map.entry("ExecutionTime", row -> Instant.ofEpochMilli(row.executedAt()).toString()),
              Map.entry("PatchGroup", ComplianceRow::patchGroup),
              Map.entry("PatchBaselineId", ComplianceRow::baselineId)));

  private final Core core;
  private final ComplianceTable table;

  SummaryQueries(Core core, ComplianceTable table) {
    this.core = core;
    this.table = table;
  }

  void offer() {
    core.operations().on(ListResourceComplianceSummariesRequest.class, this::ofResources);
    core.operations().on(ListComplianceSummariesRequest.class, this::ofTypes);
  }

  private ListResourceComplianceSummariesResponse ofResources(
      ListResourceComplianceSummariesRequest request, Caller caller) {
    Predicate<ComplianceRow> wanted = FILTERS.of(request.filters());
    int max = request.maxResults() == null ? DEFAULT_PAGE : request.maxResults();
    String after = Pages.after(request.nextToken());
    return core.store().read(db -> page(db, wanted, after == null ? "" : after, max));
  }

  private ListResourceComplianceSummariesResponse page(
      Handle db, Predicate<ComplianceRow> wanted, String after, int max) {
    String[] last = (after + "\u0001").split("\u0001", 3);
    List<ComplianceRow> found = new ArrayList<>();
    List<ComplianceRow> rows = table.after(db, last[0], last[1], READ_AT_ONCE);
    while (!rows.isEmpty() && found.size() <= max) {
      rows.stream().filter(wanted).limit(max + 1L - found.size()).forEach(found::add);
      rows = table.after(db, rows.getLast().resourceId(), rows.getLast().type(), READ_AT_ONCE);
    }
    List<ComplianceRow> shown = found.subList(0, Math.min(max, found.size()));
    return ListResourceComplianceSummariesResponse.builder()
        .resourceComplianceSummaryItems(shown.stream().map(row -> summary(db, row)).toList())
        .nextToken(found.size() > max ? Pages.token(shown.getLast().key()) : null)
        .build();
  }

  ResourceComplianceSummaryItem summary(Handle db, ComplianceRow row) {
    ItemCounts counts = table.counts(db, row);
    return ResourceComplianceSummaryItem.builder()
        .complianceType(row.type())
        .resourceType(ComplianceRow.RESOURCE_TYPE)
        .resourceId(row.resourceId())
        .status(row.status())
        .overallSeverity(row.overallSeverity().name())
        .executionSummary(row.execution())
        .compliantSummary(compliant(counts.compliant()))
        .nonCompliantSummary(nonCompliant(counts.nonCompliant()))
        .build();
  }

  private ListComplianceSummariesResponse ofTypes(
      ListComplianceSummariesRequest request, Caller caller) {
    Predicate<ComplianceRow> wanted = FILTERS.of(request.filters());
    Map<String, List<ComplianceRow>> byType = new TreeMap<>();
    core.store()
        .read(
            db -> {
              List<ComplianceRow> rows = table.after(db, "", "", READ_AT_ONCE);
              while (!rows.isEmpty()) {
                rows.stream()
                    .filter(wanted)
                    .forEach(
                        row ->
                            byType.computeIfAbsent(row.type(), type -> new ArrayList<>()).add(row));
                ComplianceRow last = rows.getLast();
                rows = table.after(db, last.resourceId(), last.type(), READ_AT_ONCE);
              }
              return byType;
            });
    Page<Map.Entry<String, List<ComplianceRow>>> page =
        Pages.slice(
            List.copyOf(byType.entrySet()),
            Map.Entry::getKey,
            request.nextToken(),
            request.maxResults(),
            DEFAULT_PAGE);
    return ListComplianceSummariesResponse.builder()
        .complianceSummaryItems(
            page.items().stream().map(type -> summary(type.getKey(), type.getValue())).toList())
        .nextToken(page.nextToken())
        .build();
  }

  private static ComplianceSummaryItem summary(String type, List<ComplianceRow> rows) {
    return ComplianceSummaryItem.builder()
        .complianceType(type)
        .compliantSummary(compliant(severities(rows, ComplianceStatus.COMPLIANT)))
        .nonCompliantSummary(nonCompliant(severities(rows, ComplianceStatus.NON_COMPLIANT)))
        .build();
  }

  private static SeverityCounts severities(List<ComplianceRow> rows, ComplianceStatus status) {
    List<ComplianceLevel> levels =
        rows.stream()
            .filter(row -> row.status() == status)
            .map(ComplianceRow::overallSeverity)
            .toList();
    return SeverityCounts.of(levels);
  }

  private static CompliantSummary compliant(SeverityCounts counts) {
    return CompliantSummary.builder()
        .compliantCount(counts.total())
        .severitySummary(counts.onTheWire())
        .build();
  }

  private static NonCompliantSummary nonCompliant(SeverityCounts counts) {
    return NonCompliantSummary.builder()
        .nonCompliantCount(counts.total())
        .severitySummary(counts.onTheWire())
        .build();
  }
}
