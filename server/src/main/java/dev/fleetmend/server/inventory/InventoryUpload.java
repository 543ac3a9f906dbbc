package dev.fleetmend.server.inventory;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.fleetmend.api.ApiException;
import dev.fleetmend.server.Core;
import dev.fleetmend.server.node.NodeDirectory;
import dev.fleetmend.server.operation.Caller;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.ssm.model.InventoryItem;
import software.amazon.awssdk.services.ssm.model.PutInventoryRequest;
import software.amazon.awssdk.services.ssm.model.PutInventoryResponse;

/**
 * PutInventory. A node sends content only where its hash has changed; of an unchanged type it sends
 * the hash, with the schema version of another type, which therefore is not looked at.
 */
final class InventoryUpload {
  /** These names become names of files and of objects in a bucket. */
  private static final Pattern CUSTOM_NAME = Pattern.compile("Custom:[A-Za-z0-9][A-Za-z0-9_.-]*");

  private final Core core;
  private final NodeDirectory nodes;
  private final InventoryTable table;
  private final CustomTypes customTypes;
  private final InventoryLimits limits;

  InventoryUpload(
      Core core,
      NodeDirectory nodes,
      InventoryTable table,
      CustomTypes customTypes,
      InventoryLimits limits) {
    this.core = core;
    this.nodes = nodes;
    this.table = table;
    this.customTypes = customTypes;
    this.limits = limits;
  }

  void offer() {
    core.operations().on(PutInventoryRequest.class, this::put);
  }

  private PutInventoryResponse put(PutInventoryRequest request, Caller caller) {
    Map<InventoryItem, String> texts = checked(request);
    core.store().change(tx -> put(tx, request.instanceId(), texts));
    return PutInventoryResponse.builder().message("Inventory was successfully recorded.").build();
  }

  /** The items, each with its content as it will be kept; empty where it has only a hash. */
  private Map<InventoryItem, String> checked(PutInventoryRequest request) {
    Map<InventoryItem, String> texts = new LinkedHashMap<>();
    Set<String> types = new HashSet<>();
    long bytes = 0;
    for (InventoryItem item : request.items()) {
      checkType(item.typeName());
      if (!types.add(item.typeName())) {
        throw invalid(item, "the type is there more than once");
      }
      if (!item.context().isEmpty()) {
        throw new ApiException(
            "UnsupportedInventoryItemContextException",
            "The Context attribute isn't allowed for the inventory type " + item.typeName() + ".");
      }
      if (!item.hasContent() && hash(item) == null) {
        throw invalid(item, "it has neither Content nor ContentHash");
      }
      String text = item.hasContent() ? table.text(item.content()) : "";
      bytes += text.getBytes(UTF_8).length;
      texts.put(item, text);
    }
    if (bytes > limits.callBytes()) {
      throw tooMuch(limits.callBytes() + " bytes in one call");
    }
    return texts;
  }

  private static void checkType(String typeName) {
    boolean known =
        AwsType.of(typeName).filter(type -> !type.isSystem()).isPresent()
            || CUSTOM_NAME.matcher(typeName).matches();
    if (!known) {
      throw new ApiException(
          "InvalidTypeNameException",
          "The parameter type name "
              + typeName
              + " is not valid: nodes may send the types that"
              + " AWS documents, but for those the server writes itself, and Custom:<name> of"
              + " letters, digits and _.-");
    }
  }

  private void put(Handle tx, String instanceId, Map<InventoryItem, String> texts) {
    if (nodes.find(tx, instanceId).isEmpty()) {
      throw new ApiException(
          "InvalidInstanceId", "The instance ID " + instanceId + " is not valid.");
    }
    texts.forEach((item, text) -> put(tx, instanceId, item, text));
    if (table.bytes(tx, instanceId) > limits.nodeBytes()) {
      throw tooMuch(limits.nodeBytes() + " bytes of a node");
    }
  }

  private void put(Handle tx, String instanceId, InventoryItem item, String text) {
    String hash = hash(item);
    if (hash != null && table.seen(tx, instanceId, item, hash)) {
      return;
    }
    if (text.isEmpty()) {
      throw new ApiException(
          "ItemContentMismatchException",
          "The content of " + item.typeName() + " with that hash is not known; send it whole.");
    }
    if (item.typeName().startsWith(CustomTypes.PREFIX) && !takesCustom(tx, item)) {
      return;
    }
    table.put(tx, instanceId, item, hash, text, core.clock().millis());
  }

  /** Whether a custom type's content is kept; of a disabled version it is passed over. */
  private boolean takesCustom(Handle tx, InventoryItem item) {
    Optional<CustomTypes.CustomType> known = customTypes.find(tx, item.typeName());
    if (known.isPresent() && !known.get().takes(item.schemaVersion())) {
      return false;
    }
    if (known.isEmpty() && customTypes.count(tx) >= limits.customTypes()) {
      throw new ApiException(
          "CustomSchemaCountLimitExceededException",
          "You have exceeded the limit for custom schemas: "
              + limits.customTypes()
              + ". Delete one or more custom schemas and try again.");
    }
    customTypes.seen(tx, item.typeName(), item.schemaVersion(), item.content());
    return true;
  }

  private static @Nullable String hash(InventoryItem item) {
    String hash = item.contentHash() == null ? "" : item.contentHash().replace("\0", "");
    return hash.isEmpty() ? null : hash;
  }

  private static ApiException invalid(InventoryItem item, String why) {
    return new ApiException(
        "InvalidItemContentException",
        "One or more content items is not valid (" + item.typeName() + "): " + why + ".");
  }

  private static ApiException tooMuch(String limit) {
    return new ApiException(
        "TotalSizeLimitExceededException",
        "The size of inventory data has exceeded the total size limit for the resource: "
            + limit
            + ".");
  }
}
