package dev.fleetmend.server;

import dev.fleetmend.protocol.message.RequestManagedInstanceRoleTokenResponse;
import dev.fleetmend.server.access.AccessKeyOperations;
import dev.fleetmend.server.access.NodeCredentials;
import dev.fleetmend.server.access.NodeKeys;
import dev.fleetmend.server.activation.ActivationOperations;
import dev.fleetmend.server.activation.Registrations;
import dev.fleetmend.server.audit.AuditCapability;
import dev.fleetmend.server.baseline.BaselineCapability;
import dev.fleetmend.server.channel.MessageGateway;
import dev.fleetmend.server.command.CommandCapability;
import dev.fleetmend.server.compliance.ComplianceCapability;
import dev.fleetmend.server.datasync.DataSyncCapability;
import dev.fleetmend.server.document.DocumentCapability;
import dev.fleetmend.server.http.ControlChannels;
import dev.fleetmend.server.identity.IdentityOperations;
import dev.fleetmend.server.install.AgentInstallation;
import dev.fleetmend.server.inventory.InventoryCapability;
import dev.fleetmend.server.message.DeliveryWatch;
import dev.fleetmend.server.node.InstanceOperations;
import dev.fleetmend.server.node.InstancePropertyOperations;
import dev.fleetmend.server.node.NodeKeyOperations;
import dev.fleetmend.server.node.NodeKeyRing;
import dev.fleetmend.server.node.NodeListing;
import dev.fleetmend.server.node.NodeOperations;
import dev.fleetmend.server.node.Nodes;
import dev.fleetmend.server.node.RoleTokens;
import dev.fleetmend.server.preview.PreviewCapability;
import dev.fleetmend.server.quota.Quota;
import dev.fleetmend.server.rollback.Quarantine;
import dev.fleetmend.server.rollback.QuarantineOperations;
import dev.fleetmend.server.rollback.TransactionOperations;
import dev.fleetmend.server.scan.ScanCapability;
import dev.fleetmend.server.setting.ServiceSettings;
import dev.fleetmend.server.tag.TagDirectory;
import dev.fleetmend.server.tag.TagOperations;
import dev.fleetmend.server.window.MaintenanceWindows;
import dev.fleetmend.server.worker.WorkerCapability;
import java.time.Duration;

/**
 * Makes the capabilities, each from the core and the small public interfaces of the others, and has
 * them offer their operations and their work. The one place that knows them all.
 */
final class Capabilities {
  /** Agents ask anew at half of it. */
  private static final Duration CREDENTIALS_LIFE = Duration.ofHours(1);

  private Capabilities() {}

  /**
   * What stands beside the operations.
   *
   * @param nodeKeys the keys of the nodes that are registered
   * @param channels the nodes' control channels
   * @param deliveries looks for messages that nodes wait for, once it is started
   */
  record Offered(NodeKeys nodeKeys, ControlChannels channels, DeliveryWatch deliveries) {}

  /** Has them all offered. */
  static Offered offer(Core core) {
    new IdentityOperations(core.config().account()).offer(core.operations());
    new AccessKeyOperations(core.store(), core.accessKeys(), core.clock()).offer(core.operations());
    new AuditCapability(
            core.store(), core.work(), core.operations(), core.clock(), core.config().auditKept())
        .offer();
    TagDirectory tags = new TagDirectory(core.store(), core.quotas().of(Quota.TAGS_PER_RESOURCE));
    DocumentCapability documents = new DocumentCapability(core, tags);
    documents.offer();
    ServiceSettings settings = new ServiceSettings(core);
    settings.offer();
    new TagOperations(core.store(), tags).offer(core.operations());
    BaselineCapability baselines = new BaselineCapability(core, tags);
    baselines.offer();
    Nodes nodes = new Nodes(core.store(), core.clock(), core.ids(), tags);
    new ActivationOperations(core.store(), core.clock(), core.ids(), tags).offer(core.operations());
    new Registrations(core.store(), core.clock(), nodes, tags).offer(core.operations());
    new AgentInstallation(core).offer();
    NodeKeyRing keys = new NodeKeyRing(core.store(), core.clock(), core.config().nodeKeyLife());
    new NodeOperations(core.store(), nodes, keys, roleTokens(core)).offer(core.operations());
    new NodeKeyOperations(core.store(), keys).offer(core.operations());
    new InstanceOperations(core.store(), nodes, tags).offer(core.operations());
    new InstancePropertyOperations(core.store(), nodes).offer(core.operations());
    ScanCapability scans = scans(core, baselines, nodes, settings);
    nodes.whenGone(scans::forget);
    InventoryCapability inventory = inventory(core, nodes, scans, compliance(core, nodes, scans));
    DataSyncCapability syncs = new DataSyncCapability(core, nodes, inventory);
    syncs.offer();
    nodes.whenGone(syncs::forget);
    new NodeListing(core, nodes, syncs::gathers).offer();
    baselines.whenChanged(scans::refreshAll);
    tags.whenChanged((tx, id) -> scans.refresh(tx, id, ""));
    CommandCapability commands =
        new CommandCapability(core, nodes, documents, Thread::startVirtualThread);
    commands.offer();
    documents.needed(commands.neededDocuments());
    PreviewCapability previews = new PreviewCapability(core, commands.commands());
    previews.offer();
    nodes.whenGone(previews::forget);
    new WorkerCapability(core, nodes, commands, scans.patchRuns()).offer();
    new MaintenanceWindows(core, tags, nodes, commands.commands()).offer();
    MessageGateway gateway =
        new MessageGateway(core, commands.handover(), Thread::startVirtualThread);
    commands.mailbox().preferring(gateway);
    nodes.whenGone(gateway::forget);
    return new Offered(
        keys, gateway, new DeliveryWatch(core.store(), core.clock(), commands.mailbox()));
  }

  private static ComplianceCapability compliance(Core core, Nodes nodes, ScanCapability scans) {
    ComplianceCapability compliance = new ComplianceCapability(core, nodes, scans.patchStates());
    compliance.offer();
    scans.whenDerived(compliance::patched);
    nodes.whenGone(compliance::forget);
    if (compliance.lacksPatchSummaries()) {
      core.store().change(scans::refreshAll);
    }
    return compliance;
  }

  private static InventoryCapability inventory(
      Core core, Nodes nodes, ScanCapability scans, ComplianceCapability compliance) {
    InventoryCapability inventory =
        new InventoryCapability(core, nodes, scans.patchStates(), compliance);
    inventory.offer();
    nodes.whenGone(inventory::forget);
    return inventory;
  }

  private static ScanCapability scans(
      Core core, BaselineCapability baselines, Nodes nodes, ServiceSettings settings) {
    Quarantine quarantine = new Quarantine(core.ids(), core.clock());
    ScanCapability scans =
        new ScanCapability(core, quarantine, baselines, nodes::exists, settings::onlyRevertible);
    scans.offer();
    new QuarantineOperations(core, quarantine, scans::refresh).offer();
    TransactionOperations transactions = new TransactionOperations(core, nodes::exists);
    transactions.offer();
    nodes.whenGone(transactions::forget);
    return scans;
  }

  private static RoleTokens roleTokens(Core core) {
    return (instanceId, updateKeyPair) -> {
      NodeCredentials.Issued issued = core.nodeCredentials().issue(instanceId, CREDENTIALS_LIFE);
      return new RequestManagedInstanceRoleTokenResponse(
          issued.accessKeyId(),
          issued.secret(),
          issued.sessionToken(),
          issued.expiresAt().getEpochSecond(),
          updateKeyPair);
    };
  }
}
