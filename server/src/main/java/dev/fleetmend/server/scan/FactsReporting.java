package dev.fleetmend.server.scan;

import dev.fleetmend.patching.exchange.FactsAccepted;
import dev.fleetmend.patching.exchange.FactsReport;
import dev.fleetmend.patching.fact.HostFacts;
import dev.fleetmend.server.Core;
import dev.fleetmend.server.operation.Caller;
import dev.fleetmend.server.operation.Self;

/** {@code Fleetmend.ReportFacts}: takes a node's facts, by hash first. */
final class FactsReporting {
  private final Core core;
  private final FactsTable facts;
  private final Derivations derivations;

  FactsReporting(Core core, FactsTable facts, Derivations derivations) {
    this.core = core;
    this.facts = facts;
    this.derivations = derivations;
  }

  void offer() {
    core.operations().on("Fleetmend.ReportFacts", FactsReport.class, this::report);
  }

  FactsAccepted report(FactsReport report, Caller caller) {
    String instanceId = Self.of(caller, report.instanceId());
    FactsCheck.hash(report.hash());
    long now = core.clock().millis();
    HostFacts content = report.facts();
    if (content == null) {
      return new FactsAccepted(!isHeld(instanceId, report.hash(), now));
    }
    FactsCheck.facts(content);
    StoredFacts stored = new StoredFacts(report.hash(), now, content);
    core.store().change(tx -> facts.put(tx, instanceId, stored));
    derivations.refresh(instanceId);
    return new FactsAccepted(false);
  }

  private boolean isHeld(String instanceId, String hash, long now) {
    return core.store()
        .write(
            tx -> {
              boolean held = facts.hash(tx, instanceId).filter(hash::equals).isPresent();
              if (held) {
                facts.seen(tx, instanceId, now);
              }
              return held;
            });
  }
}
