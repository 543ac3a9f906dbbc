package dev.fleetmend.server.scan;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.fleetmend.patching.fact.HostFacts;
import dev.fleetmend.patching.fact.InstalledPackage;
import dev.fleetmend.patching.fact.OfferedVersion;
import dev.fleetmend.protocol.json.Naming;
import dev.fleetmend.protocol.json.RecordJson;
import dev.fleetmend.server.catalog.Catalog;
import dev.fleetmend.server.catalog.IdSets;
import dev.fleetmend.server.catalog.TimedIds;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import org.jdbi.v3.core.Handle;

/** The facts of nodes, as sets of catalog ids and a small document each. */
final class FactsTable {
  private final RecordJson json = new RecordJson(Naming.CAMEL);
  private final Catalog catalog;

  FactsTable(Catalog catalog) {
    this.catalog = catalog;
  }

  /** Replaces a node's facts. */
  void put(Handle tx, String instanceId, StoredFacts stored) {
    HostFacts facts = stored.facts();
    List<Integer> installed =
        catalog.packages().idsOf(tx, facts.installed().stream().map(FactsTable::shared).toList());
    List<Integer> offered =
        catalog.offers().idsOf(tx, facts.offered().stream().map(FactsTable::shared).toList());
    Map<Integer, Long> times = new HashMap<>();
    List<Integer> held = new ArrayList<>();
    for (int index = 0; index < installed.size(); index++) {
      times.put(installed.get(index), facts.installed().get(index).installedAt());
      if (facts.installed().get(index).held()) {
        held.add(installed.get(index));
      }
    }
    List<Integer> candidates = new ArrayList<>();
    for (int index = 0; index < offered.size(); index++) {
      if (facts.offered().get(index).candidate()) {
        candidates.add(offered.get(index));
      }
    }
    catalog.offeredTo(tx, stored.operatingSystem(), facts.platform().product(), offered);
    tx.createUpdate(
            "INSERT INTO node_facts (instance_id, hash, reported_at, host, installed, held,"
                + " offered, candidates) VALUES (:instance, :hash, :at, :host, :installed, :held,"
                + " :offered, :candidates) ON CONFLICT (instance_id) DO UPDATE SET"
                + " hash = EXCLUDED.hash, reported_at = EXCLUDED.reported_at,"
                + " host = EXCLUDED.host, installed = EXCLUDED.installed, held = EXCLUDED.held,"
                + " offered = EXCLUDED.offered, candidates = EXCLUDED.candidates")
        .bind("instance", instanceId)
        .bind("hash", stored.hash())
        .bind("at", stored.reportedAt())
        .bind("host", new String(json.write(HostHeader.of(facts)), UTF_8))
        .bind("installed", TimedIds.write(times))
        .bind("held", IdSets.write(held))
        .bind("offered", IdSets.write(offered))
        .bind("candidates", IdSets.write(candidates))
        .execute();
  }

  Optional<StoredFacts> find(Handle db, String instanceId) {
    return db.createQuery("SELECT * FROM node_facts WHERE instance_id = :instance")
        .bind("instance", instanceId)
        .map((row, context) -> facts(db, row))
        .findOne();
  }

  /** What is a node's alone of its facts. */
  Optional<HostHeader> header(Handle db, String instanceId) {
    return db.createQuery("SELECT host FROM node_facts WHERE instance_id = :instance")
        .bind("instance", instanceId)
        .mapTo(String.class)
        .findOne()
        .map(this::header);
  }

  private HostHeader header(String stored) {
    return json.read(stored.getBytes(UTF_8), HostHeader.class);
  }

  /** The hash of the facts that are held of a node. */
  Optional<String> hash(Handle db, String instanceId) {
    return db.createQuery("SELECT hash FROM node_facts WHERE instance_id = :instance")
        .bind("instance", instanceId)
        .mapTo(String.class)
        .findOne();
  }

  /** Notes that a node has reported the same facts again. */
  void seen(Handle tx, String instanceId, long at) {
    tx.createUpdate("UPDATE node_facts SET reported_at = :at WHERE instance_id = :instance")
        .bind("instance", instanceId)
        .bind("at", at)
        .execute();
  }

  private StoredFacts facts(Handle db, ResultSet row) throws SQLException {
    HostHeader header = header(row.getString("host"));
    HostFacts facts =
        new HostFacts(
            header.platform(),
            header.packageManager(),
            header.boot(),
            header.lists(),
            installed(db, TimedIds.read(row.getBytes("installed")), row.getBytes("held")),
            offered(db, IdSets.read(row.getBytes("offered")), row.getBytes("candidates")),
            header.unfinished());
    return new StoredFacts(row.getString("hash"), row.getLong("reported_at"), facts);
  }

  private List<InstalledPackage> installed(
      Handle db, SortedMap<Integer, Long> times, byte[] heldIds) {
    Set<Integer> held = new HashSet<>(IdSets.read(heldIds));
    List<Integer> ids = List.copyOf(times.keySet());
    List<InstalledPackage> shared = catalog.packages().of(db, ids);
    List<InstalledPackage> installed = new ArrayList<>(ids.size());
    for (int index = 0; index < ids.size(); index++) {
      Integer id = ids.get(index);
      Long at = times.get(id);
      installed.add(own(shared.get(index), held.contains(id), at == null ? 0 : at));
    }
    return installed;
  }

  private List<OfferedVersion> offered(Handle db, List<Integer> ids, byte[] candidateIds) {
    Set<Integer> candidates = new HashSet<>(IdSets.read(candidateIds));
    List<OfferedVersion> shared = catalog.offers().of(db, ids);
    List<OfferedVersion> offered = new ArrayList<>(ids.size());
    for (int index = 0; index < ids.size(); index++) {
      offered.add(own(shared.get(index), candidates.contains(ids.get(index))));
    }
    return offered;
  }

  private static InstalledPackage shared(InstalledPackage installed) {
    return own(installed, false, 0);
  }

  private static InstalledPackage own(InstalledPackage shared, boolean held, long installedAt) {
    return new InstalledPackage(
        shared.name(),
        shared.arch(),
        shared.version(),
        shared.source(),
        shared.section(),
        shared.priority(),
        held,
        installedAt);
  }

  private static OfferedVersion shared(OfferedVersion offered) {
    return own(offered, false);
  }

  private static OfferedVersion own(OfferedVersion shared, boolean candidate) {
    return new OfferedVersion(
        shared.name(),
        shared.arch(),
        shared.version(),
        shared.origins(),
        candidate,
        shared.section(),
        shared.priority(),
        shared.classification(),
        shared.severity(),
        shared.advisories(),
        shared.cves(),
        shared.releasedAt(),
        shared.downloadBytes(),
        shared.update());
  }
}
