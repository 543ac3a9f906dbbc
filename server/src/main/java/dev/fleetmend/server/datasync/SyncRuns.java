package dev.fleetmend.server.datasync;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.fleetmend.protocol.sign.Digests;
import dev.fleetmend.server.Core;
import dev.fleetmend.server.inventory.InventoryContent;
import dev.fleetmend.server.inventory.InventoryDirectory;
import dev.fleetmend.server.node.ManagedNode;
import dev.fleetmend.server.node.NodeDirectory;
import dev.fleetmend.server.work.WorkKind;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.jdbi.v3.core.Handle;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import software.amazon.awssdk.services.ssm.model.LastResourceDataSyncStatus;
import software.amazon.awssdk.services.ssm.model.ResourceDataSyncItem;
import software.amazon.awssdk.services.ssm.model.ResourceDataSyncS3Destination;

/**
 * Writes what has changed since the last run, as durable work. An object is one node's content of
 * one type, a line of JSON for each entry.
 */
final class SyncRuns {
  private static final Logger LOG = LoggerFactory.getLogger(SyncRuns.class);
  private static final WorkKind<Run> KIND = new WorkKind<>("datasync.run", Run.class);
  private static final Duration EVERY = Duration.ofMinutes(30);
  private static final Duration AFTER_FAILURE = Duration.ofMinutes(5);
  private static final int NODES_AT_ONCE = 100;

  private final Core core;
  private final SyncTable table;
  private final NodeDirectory nodes;
  private final InventoryDirectory inventory;

  SyncRuns(Core core, SyncTable table, NodeDirectory nodes, InventoryDirectory inventory) {
    this.core = core;
    this.table = table;
    this.nodes = nodes;
    this.inventory = inventory;
  }

  /** A sync's next run. */
  record Run(String name) {}

  void offer() {
    core.work().on(KIND, this::run);
  }

  void schedule(Handle tx, String name, Instant at) {
    core.work().schedule(tx, KIND, id(name), new Run(name), at);
  }

  void cancel(Handle tx, String name) {
    core.work().cancel(tx, KIND, id(name));
  }

  /** Work of one sync must not be taken for that of another whose name begins alike. */
  private static String id(String name) {
    return Digests.sha256Hex(name.getBytes(UTF_8));
  }

  private void run(Run run) {
    Optional<ResourceDataSyncItem> sync = find(run.name());
    if (sync.isEmpty()) {
      return;
    }
    ended(run.name(), LastResourceDataSyncStatus.IN_PROGRESS, "The sync is in progress");
    try (Destination destination = destination(sync.get().s3Destination())) {
      write(run.name(), sync.get().s3Destination(), destination);
      ended(
          run.name(), LastResourceDataSyncStatus.SUCCESSFUL, "The sync was successfully completed");
    } catch (SyncFailedException e) {
      LOG.warn("the resource data sync {} failed: {}", run.name(), e.getMessage());
      ended(run.name(), LastResourceDataSyncStatus.FAILED, String.valueOf(e.getMessage()));
    }
  }

  private Optional<ResourceDataSyncItem> find(String name) {
    return core.store().read(db -> table.find(db, name, SyncChecks.TO_DESTINATION));
  }

  /** Keeps how a run stands; where it has ended, with the next run in the same transaction. */
  private void ended(String name, LastResourceDataSyncStatus status, String message) {
    Instant now = core.clock().instant();
    core.store()
        .change(
            tx -> {
              Optional<ResourceDataSyncItem> sync = table.find(tx, name, SyncChecks.TO_DESTINATION);
              if (sync.isEmpty()) {
                return;
              }
              ResourceDataSyncItem.Builder changed =
                  sync.get().toBuilder()
                      .lastSyncTime(now)
                      .lastStatus(status)
                      .lastSyncStatusMessage(message);
              switch (status) {
                case SUCCESSFUL -> {
                  changed.lastSuccessfulSyncTime(now);
                  schedule(tx, name, now.plus(EVERY));
                }
                case FAILED -> schedule(tx, name, now.plus(AFTER_FAILURE));
                default -> {}
              }
              table.update(tx, changed.build());
            });
  }

  private Destination destination(ResourceDataSyncS3Destination to) throws SyncFailedException {
    SyncSettings settings = SyncSettings.of(core.config().data());
    if (to.bucketName().startsWith(SyncChecks.FOLDER)) {
      String name = to.bucketName().substring(SyncChecks.FOLDER.length());
      return new FolderDestination(settings.folder().resolve(name));
    }
    SyncSettings.Endpoint endpoint =
        settings
            .endpoint()
            .orElseThrow(
                () -> new SyncFailedException("data-sync.properties names no endpoint any more"));
    return new S3Destination(
        endpoint, to.region(), to.bucketName(), to.awskmsKeyARN(), core.clock());
  }

  private void write(String name, ResourceDataSyncS3Destination to, Destination destination)
      throws SyncFailedException {
    List<String> types = core.store().read(inventory::types);
    List<ManagedNode> some = after("");
    while (!some.isEmpty() && find(name).isPresent()) {
      for (ManagedNode node : some) {
        write(name, prefix(to), destination, node, types);
      }
      some = after(some.getLast().id());
    }
  }

  private List<ManagedNode> after(String id) {
    return core.store().read(db -> nodes.list(db, id, NODES_AT_ONCE));
  }

  private void write(
      String name, String prefix, Destination destination, ManagedNode node, List<String> types)
      throws SyncFailedException {
    Map<String, String> before = core.store().read(db -> table.written(db, name, node.id()));
    Map<String, String> after = new TreeMap<>();
    try {
      for (String type : types) {
        Optional<InventoryContent> content =
            core.store().read(db -> inventory.find(db, node, type));
        if (content.isPresent()) {
          String hash = hash(content.get());
          if (!hash.equals(before.get(type))) {
            destination.put(prefix + key(type, node.id()), lines(content.get(), node.id()));
            after.put(type, hash);
          }
        }
      }
    } finally {
      if (!after.isEmpty()) {
        core.store().change(tx -> table.written(tx, name, node.id(), after));
      }
    }
  }

  private static String prefix(ResourceDataSyncS3Destination to) {
    String prefix = to.prefix() == null ? "" : to.prefix();
    return prefix.isEmpty() || prefix.endsWith("/") ? prefix : prefix + "/";
  }

  /** Of the entries alone: when they were captured changes with every heartbeat. */
  private static String hash(InventoryContent content) {
    List<TreeMap<String, String>> sorted = content.entries().stream().map(TreeMap::new).toList();
    return Digests.sha256Hex(sorted.toString().getBytes(UTF_8));
  }

  private String key(String type, String instanceId) {
    return type
        + "/accountid="
        + core.config().account()
        + "/region="
        + core.config().region()
        + "/resourcetype=ManagedInstanceInventory/"
        + instanceId
        + ".json";
  }

  private static byte[] lines(InventoryContent content, String instanceId) {
    StringBuilder text = new StringBuilder();
    for (Map<String, String> entry : content.entries()) {
      ObjectNode line = JsonNodeFactory.instance.objectNode();
      new TreeMap<>(entry).forEach(line::put);
      line.put("resourceId", instanceId);
      line.put("captureTime", content.captureTime());
      line.put("schemaVersion", content.schemaVersion());
      text.append(line).append('\n');
    }
    return text.toString().getBytes(UTF_8);
  }
}
