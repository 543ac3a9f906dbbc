package dev.fleetmend.server.scan;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fleetmend.patching.exchange.FactsAccepted;
import dev.fleetmend.patching.exchange.FactsReport;
import dev.fleetmend.patching.exchange.PatchResult;
import dev.fleetmend.patching.exchange.PatchRunPlan;
import dev.fleetmend.patching.exchange.PatchRunReport;
import dev.fleetmend.patching.exchange.PatchRunRequest;
import dev.fleetmend.patching.exchange.PatchRunSummary;
import dev.fleetmend.patching.exchange.TransactionReport;
import dev.fleetmend.patching.fact.Boot;
import dev.fleetmend.patching.fact.HostFacts;
import dev.fleetmend.patching.fact.InstalledPackage;
import dev.fleetmend.patching.fact.OfferedVersion;
import dev.fleetmend.patching.fact.Origin;
import dev.fleetmend.patching.fact.PackageLists;
import dev.fleetmend.patching.fact.PackageVersion;
import dev.fleetmend.patching.fact.Platform;
import dev.fleetmend.server.TestServer;
import dev.fleetmend.server.operation.Caller;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** A Debian 12 host as the server sees it through its patch operations. */
final class DebianNode {
  static final Origin SECURITY =
      new Origin("Debian", "Debian-Security", "oldstable-security", "bookworm-security", "main");
  static final Origin MAIN = new Origin("Debian", "Debian", "oldstable", "bookworm", "main");

  private final TestServer server;
  private final String id;
  private final TreeMap<String, String> installed = new TreeMap<>();
  private final List<OfferedVersion> offered = new ArrayList<>();
  private final List<String> unfinished = new ArrayList<>();
  private String boot = "boot-1";
  private PackageLists lists;

  DebianNode(TestServer server, String id) {
    this.server = server;
    this.id = id;
    this.lists = new PackageLists(server.clock().instant().getEpochSecond(), null);
  }

  String id() {
    return id;
  }

  DebianNode with(String name, String version) {
    installed.put(name, version);
    return this;
  }

  DebianNode offered(String name, String version, Origin origin, String... cves) {
    offered.add(
        new OfferedVersion(
            name,
            "amd64",
            version,
            List.of(origin),
            true,
            "libs",
            "optional",
            "",
            "",
            List.of(),
            List.of(cves),
            0,
            1_000));
    return this;
  }

  DebianNode unfinished(String nameAndArch) {
    unfinished.add(nameAndArch);
    return this;
  }

  DebianNode lists(long refreshedAt, @Nullable String failure) {
    lists = new PackageLists(refreshedAt, failure);
    return this;
  }

  void reboot() {
    boot = "boot-" + UUID.randomUUID();
  }

  HostFacts facts() {
    return new HostFacts(
        new Platform("DEBIAN", "Debian12", "Debian GNU/Linux", "12", "amd64"),
        "apt",
        new Boot(boot, 1_700_000_000L, false, List.of()),
        lists,
        installed.entrySet().stream().map(DebianNode::installed).toList(),
        offered,
        unfinished);
  }

  private static InstalledPackage installed(Map.Entry<String, String> one) {
    return new InstalledPackage(
        one.getKey(), "amd64", one.getValue(), one.getKey(), "libs", "optional", false, 1_700_000L);
  }

  FactsAccepted report(FactsReport report) {
    return server.call("Fleetmend.ReportFacts", report, caller(), FactsAccepted.class);
  }

  void reportFacts() {
    HostFacts facts = facts();
    String hash = String.format("%064x", facts.hashCode() & 0xffffffffL);
    assertThat(report(new FactsReport(id, hash, facts)).contentNeeded()).isFalse();
  }

  PatchRunPlan begin(PatchRunRequest request) {
    reportFacts();
    return server.call("Fleetmend.BeginPatchRun", request, caller(), PatchRunPlan.class);
  }

  PatchRunPlan plan() {
    return begin(new PatchRunRequest(id, "c", "Install", "", "NoReboot", null, null));
  }

  PatchRunSummary scan() {
    return end("Scan", "", "NoReboot", null, List.of());
  }

  /** Installs what the server says, all well. */
  PatchRunSummary install(String rebootOption) {
    List<PatchResult> results = new ArrayList<>();
    for (PackageVersion version : plan().install()) {
      String before = installed.put(version.name(), version.version());
      results.add(result(version, before, PatchResult.Outcome.DONE));
    }
    return end(
        "Install", "", rebootOption, null, List.of(transaction("Install", results, List.of())));
  }

  /** Tries to install what the server says, in vain. */
  PatchRunSummary installInVain() {
    List<PatchResult> results =
        plan().install().stream()
            .map(v -> result(v, installed.get(v.name()), PatchResult.Outcome.FAILED))
            .toList();
    return end(
        "Install", "", "RebootIfNeeded", null, List.of(transaction("Install", results, List.of())));
  }

  /** Goes back to an older version and holds the newer one back. */
  PatchRunSummary rollback(String name, String older) {
    String newer = installed.put(name, older);
    assertThat(newer).isNotNull();
    PatchResult result =
        new PatchResult(name, "amd64", newer, older, PatchResult.Outcome.DONE, "", true, "");
    List<PackageVersion> quarantined = List.of(new PackageVersion(name, "amd64", newer));
    return end(
        "Uninstall",
        "",
        "NoReboot",
        null,
        List.of(transaction("Rollback", List.of(result), quarantined)));
  }

  PatchRunSummary end(
      String operation,
      String snapshotId,
      String rebootOption,
      @Nullable String baselineOverride,
      List<TransactionReport> transactions) {
    reportFacts();
    long now = server.clock().millis();
    PatchRunReport report =
        new PatchRunReport(
            id,
            UUID.randomUUID().toString(),
            operation,
            snapshotId,
            rebootOption,
            "",
            baselineOverride,
            now - 5_000,
            now,
            transactions);
    return server.call("Fleetmend.EndPatchRun", report, caller(), PatchRunSummary.class);
  }

  Caller caller() {
    return new Caller.Node(id);
  }

  private TransactionReport transaction(
      String kind, List<PatchResult> results, List<PackageVersion> quarantined) {
    return new TransactionReport(
        UUID.randomUUID().toString(), kind, "", boot, results, quarantined, List.of());
  }

  private static PatchResult result(
      PackageVersion version, @Nullable String before, PatchResult.Outcome outcome) {
    return new PatchResult(
        version.name(), version.arch(), before, version.version(), outcome, "", true, "");
  }
}
