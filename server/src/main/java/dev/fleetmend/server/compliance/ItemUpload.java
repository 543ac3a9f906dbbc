package dev.fleetmend.server.compliance;

import dev.fleetmend.api.ApiException;
import dev.fleetmend.patching.baseline.ComplianceLevel;
import dev.fleetmend.server.Core;
import dev.fleetmend.server.node.NodeDirectory;
import dev.fleetmend.server.operation.Caller;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.ssm.model.ComplianceItemEntry;
import software.amazon.awssdk.services.ssm.model.ComplianceStatus;
import software.amazon.awssdk.services.ssm.model.ComplianceUploadType;
import software.amazon.awssdk.services.ssm.model.PutComplianceItemsRequest;
import software.amazon.awssdk.services.ssm.model.PutComplianceItemsResponse;

/** PutComplianceItems: a node tells of itself, people tell of any node. */
final class ItemUpload {
  private static final Pattern INSTANCE_ID = Pattern.compile("(i-(\\w{8}|\\w{17}))|(mi-\\w{17})");
  private static final String CUSTOM = "Custom:";

  private final Core core;
  private final NodeDirectory nodes;
  private final ComplianceTable table;
  private final ComplianceLimits limits;

  ItemUpload(Core core, NodeDirectory nodes, ComplianceTable table, ComplianceLimits limits) {
    this.core = core;
    this.nodes = nodes;
    this.table = table;
    this.limits = limits;
  }

  void offer() {
    core.operations().on(PutComplianceItemsRequest.class, this::put);
  }

  private PutComplianceItemsResponse put(PutComplianceItemsRequest request, Caller caller) {
    checkType(request);
    checkItems(request);
    core.store().change(tx -> put(tx, request));
    return PutComplianceItemsResponse.builder().build();
  }

  private void put(Handle tx, PutComplianceItemsRequest request) {
    requireNode(tx, request);
    Optional<ComplianceRow> before = table.lock(tx, request.resourceId(), request.complianceType());
    String hash = plain(request.itemContentHash());
    if (!hash.isEmpty() && before.filter(row -> hash.equals(row.contentHash())).isPresent()) {
      return;
    }
    if (request.items().isEmpty() && !hash.isEmpty()) {
      throw invalid(request, "The content of that hash is not known; send the items.");
    }
    if (before.filter(row -> isStale(row, request)).isPresent()) {
      return;
    }
    if (before.isEmpty()) {
      checkTypeCount(tx, request);
    }
    if (partial(request)) {
      List<ComplianceItemEntry> kept = before.map(row -> table.items(tx, row)).orElse(List.of());
      store(tx, request, merged(kept, request.items()), null);
    } else if (request.items().isEmpty()) {
      table.delete(tx, request.resourceId(), request.complianceType());
    } else {
      store(tx, request, request.items(), hash.isEmpty() ? null : hash);
    }
  }

  private void store(
      Handle tx,
      PutComplianceItemsRequest request,
      List<ComplianceItemEntry> items,
      @Nullable String hash) {
    if (table.size(items) > limits.typeBytes()) {
      throw new ApiException(
          "TotalSizeLimitExceededException",
          "The size of inventory data has exceeded the total size limit for the resource: "
              + limits.typeBytes()
              + " bytes for a compliance type.");
    }
    ItemCounts counts =
        ItemCounts.of(
            levels(items, ComplianceStatus.COMPLIANT),
            levels(items, ComplianceStatus.NON_COMPLIANT));
    ComplianceRow row =
        new ComplianceRow(
            request.resourceId(),
            request.complianceType(),
            counts.status(),
            counts.worst(),
            request.executionSummary().executionTime().toEpochMilli(),
            plain(request.executionSummary().executionId()),
            plain(request.executionSummary().executionType()),
            "",
            "",
            hash);
    table.put(tx, row, counts, items);
  }

  /** Replies of associations may arrive out of order; the newest stays. */
  private static boolean isStale(ComplianceRow row, PutComplianceItemsRequest request) {
    return row.type().equals(ComplianceRow.ASSOCIATION)
        && request.executionSummary().executionTime().toEpochMilli() < row.executedAt();
  }

  private static List<ComplianceItemEntry> merged(
      List<ComplianceItemEntry> kept, List<ComplianceItemEntry> newer) {
    Map<String, ComplianceItemEntry> byId = new LinkedHashMap<>();
    kept.forEach(item -> byId.put(plain(item.id()), item));
    newer.forEach(item -> byId.put(plain(item.id()), item));
    return List.copyOf(byId.values());
  }

  private void checkType(PutComplianceItemsRequest request) {
    String type = request.complianceType();
    if (type.equals(ComplianceRow.PATCH)) {
      throw invalid(request, "The compliance type Patch is written by patch operations only.");
    }
    boolean association = type.equals(ComplianceRow.ASSOCIATION);
    if (!association && !type.startsWith(CUSTOM)) {
      throw new ApiException(
          "ValidationException", "ComplianceType must be Association or Custom:<name>.");
    }
    if (partial(request) && !association) {
      throw new ApiException(
          "ValidationException",
          "UploadType PARTIAL is only valid for the compliance type Association.");
    }
  }

  private void checkItems(PutComplianceItemsRequest request) {
    Set<String> ids = new HashSet<>();
    for (ComplianceItemEntry item : request.items()) {
      if (!ids.add(plain(item.id()))) {
        throw invalid(request, "The item Id " + plain(item.id()) + " is there more than once.");
      }
      if (table.size(List.of(item)) > limits.itemBytes()) {
        throw new ApiException(
            "ItemSizeLimitExceededException",
            "The inventory item size has exceeded the size limit of "
                + limits.itemBytes()
                + " bytes.");
      }
    }
  }

  private void requireNode(Handle tx, PutComplianceItemsRequest request) {
    if (!request.resourceType().equals(ComplianceRow.RESOURCE_TYPE)) {
      throw new ApiException(
          "InvalidResourceType",
          "The resource type is not valid. Only ManagedInstance is supported.");
    }
    boolean known =
        INSTANCE_ID.matcher(request.resourceId()).matches()
            && nodes.find(tx, request.resourceId()).isPresent();
    if (!known) {
      throw new ApiException(
          "InvalidResourceId",
          "The resource ID is not valid. Verify that you entered the correct ID and try again.");
    }
  }

  private void checkTypeCount(Handle tx, PutComplianceItemsRequest request) {
    long custom =
        table.ofResource(tx, request.resourceId()).stream()
            .filter(row -> row.type().startsWith(CUSTOM))
            .count();
    if (request.complianceType().startsWith(CUSTOM) && custom >= limits.customTypes()) {
      throw new ApiException(
          "ComplianceTypeCountLimitExceededException",
          "You specified too many custom compliance types. You can specify a maximum of "
              + limits.customTypes()
              + " different types.");
    }
  }

  private static List<ComplianceLevel> levels(
      List<ComplianceItemEntry> items, ComplianceStatus status) {
    return items.stream()
        .filter(item -> item.status() == status)
        .map(item -> ComplianceLevel.valueOf(item.severityAsString()))
        .toList();
  }

  private static boolean partial(PutComplianceItemsRequest request) {
    return request.uploadType() == ComplianceUploadType.PARTIAL;
  }

  private static ApiException invalid(PutComplianceItemsRequest request, String why) {
    return new ApiException(
        "InvalidItemContentException",
        "One or more content items is not valid (" + request.complianceType() + "): " + why);
  }

  /** PostgreSQL keeps no NUL in a text. */
  private static String plain(@Nullable String text) {
    return text == null ? "" : text.replace("\0", "");
  }
}
