package dev.fleetmend.node.transaction;

import dev.fleetmend.node.journal.Change;
import dev.fleetmend.node.journal.Entry;
import dev.fleetmend.node.journal.Phase;
import dev.fleetmend.node.journal.Transaction;
import dev.fleetmend.node.manager.Complaint;
import dev.fleetmend.node.manager.FetchedPackage;
import dev.fleetmend.node.manager.Marks;
import dev.fleetmend.node.manager.PackageChange;
import dev.fleetmend.node.manager.PackageId;
import dev.fleetmend.node.manager.PackageStanding;
import dev.fleetmend.patching.exchange.PatchResult;
import dev.fleetmend.patching.exchange.PatchResult.Outcome;
import dev.fleetmend.patching.fact.PackageVersion;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Carries out an installation, from wherever its journal stands. */
final class InstallWork {
  private final Host host;
  private final Transaction transaction;
  private final Preparation preparation;
  private final ConfigurationKeeper configuration;
  private final ScriptTraces traces;
  private final FileRecord files;

  InstallWork(Host host, Transaction transaction) {
    this.host = host;
    this.transaction = transaction;
    this.preparation = new Preparation(host, transaction.folder());
    this.configuration = new ConfigurationKeeper(transaction.folder());
    this.traces = new ScriptTraces(transaction.folder());
    this.files = new FileRecord(transaction.folder());
  }

  /** Prepares it; or, where that is done, makes it. What changes nothing is both at once. */
  void run() throws IOException {
    if (transaction.before().isEmpty()) {
      prepare();
      if (transaction.isDone() || !transaction.before().orElseThrow().changes().isEmpty()) {
        return;
      }
    }
    Entry before = transaction.before().orElseThrow();
    if (!before.changes().isEmpty()) {
      new InstallRounds(host, transaction, preparation.incoming()).run(before.changes());
      new TakenOverFiles(host, transaction, files)
          .bringBack(before.changes().stream().map(Change::reversed).toList());
    }
    finish(before);
  }

  /** All up to the point where the host begins to change, if nothing stands against that. */
  private void prepare() throws IOException {
    Map<PackageId, PackageStanding> now = host.manager().standings();
    Wanted wanted = Wanted.of(transaction.order().wanted(), now);
    Map<PackageVersion, PatchResult> settled = new HashMap<>(wanted.settled());
    try {
      Selection selection = selectFetchable(wanted.tried(), settled, now);
      for (Map.Entry<PackageVersion, String> one : selection.refused().entrySet()) {
        PackageStanding standing = now.get(PackageId.of(one.getKey()));
        settled.put(
            one.getKey(), Wanted.result(one.getKey(), standing, Outcome.REFUSED, one.getValue()));
      }
      vault(selection, settled);
    } catch (ObjectionException e) {
      stop(e, settled, now);
    }
  }

  /** Those that can go in together and whose files, and those of what comes along, can be had. */
  private Selection selectFetchable(
      List<PackageVersion> wanted,
      Map<PackageVersion, PatchResult> settled,
      Map<PackageId, PackageStanding> now)
      throws IOException, ObjectionException {
    Selector selector = new Selector(host.manager(), transaction.order().blocked());
    List<PackageVersion> rest = new ArrayList<>(wanted);
    while (true) {
      Selection selection = selector.select(rest);
      ObjectionException.unlessNone(Room.readOnly(host.manager().files(ids(selection.changes()))));
      ObjectionException.unlessNone(
          Room.lacking(
              selection.changes(),
              host.manager().sizes(versions(selection.changes())),
              transaction.folder()));
      Set<PackageVersion> missing = new HashSet<>(PackageChange.incoming(selection.changes()));
      preparation
          .fetchIncoming(selection.changes())
          .forEach(fetched -> missing.remove(fetched.version()));
      if (missing.isEmpty()) {
        return selection;
      }
      List<PackageVersion> without =
          selection.accepted().stream().filter(missing::contains).toList();
      List<PackageVersion> dropped = without.isEmpty() ? selection.accepted() : without;
      String why =
          "could not be fetched: "
              + String.join(", ", missing.stream().map(one -> text(one)).sorted().toList())
              + FetchTrouble.in(preparation.incoming());
      for (PackageVersion version : dropped) {
        PackageStanding standing = now.get(PackageId.of(version));
        settled.put(version, Wanted.result(version, standing, Outcome.FAILED, why));
      }
      rest.removeAll(dropped);
    }
  }

  private static List<PackageId> ids(List<PackageChange> changes) {
    return changes.stream().map(PackageChange::id).toList();
  }

  private static String text(PackageVersion version) {
    return version.name() + "." + version.arch() + " " + version.version();
  }

  /** What comes and what goes. */
  static Set<PackageVersion> versions(List<PackageChange> changes) {
    Set<PackageVersion> versions = new HashSet<>();
    for (PackageChange change : changes) {
      change.incoming().ifPresent(versions::add);
      String from = change.from();
      if (from != null) {
        versions.add(change.id().at(from));
      }
    }
    return versions;
  }

  private void vault(Selection selection, Map<PackageVersion, PatchResult> settled)
      throws IOException, ObjectionException {
    journal(Phase.FETCHED, selection.changes().size() + " packages");
    List<FetchedPackage> incoming = preparation.fetchIncoming(selection.changes());
    ObjectionException.unlessNone(
        OtherDisks.lacking(
            host.manager(),
            incoming.stream()
                .collect(
                    Collectors.toMap(
                        one -> PackageId.of(one.version()), FetchedPackage::file, (a, b) -> b))));
    Set<PackageVersion> asked = new HashSet<>(selection.accepted());
    List<Change> changes = preparation.keep(selection.changes(), incoming, asked);
    ObjectionException.unlessNone(Objections.to(transaction.order(), changes));
    Marks marks = host.manager().marks();
    List<PackageId> touched = ids(selection.changes());
    traces.lookBefore();
    files.keep(host.manager().files(touched));
    Entry entry =
        transaction
            .entry(Phase.VAULTED, host.bootId(), "")
            .with(
                changes,
                marks.held(),
                Stream.concat(
                        marks.automatic().stream(),
                        changes.stream()
                            .filter(change -> cameForOthers(change, changes, marks))
                            .map(Change::name))
                    .toList(),
                configuration.keep(configurationFiles(touched)));
    transaction.append(entry.with(List.copyOf(settled.values()), entry.configuration(), List.of()));
  }

  /** What takes the place of a package that somebody wanted is wanted too. */
  private static boolean cameForOthers(Change one, List<Change> all, Marks before) {
    return one.from() == null
        && !one.asked()
        && all.stream()
            .filter(change -> one.id().equals(change.replacedBy()))
            .allMatch(change -> before.automatic().contains(change.name()));
  }

  /** Ends it, with nothing changed. */
  private void stop(
      ObjectionException objection,
      Map<PackageVersion, PatchResult> settled,
      Map<PackageId, PackageStanding> now)
      throws IOException {
    List<PatchResult> results = new ArrayList<>();
    for (PackageVersion version : new LinkedHashSet<>(transaction.order().wanted())) {
      PatchResult known = settled.get(version);
      results.add(
          known != null
              ? known
              : Wanted.result(
                  version, now.get(PackageId.of(version)), Outcome.REFUSED, Transaction.STOPPED));
    }
    transaction.append(
        transaction
            .entry(Phase.DONE, host.bootId(), Transaction.STOPPED)
            .with(results, List.of(), objection.lines()));
    Folders.delete(preparation.incoming());
  }

  private void finish(Entry before) throws IOException {
    journal(Phase.VERIFYING, "");
    host.manager().restore(new Marks(before.held(), before.automatic()));
    Standing now = new Standing(host.manager().standings());
    Map<String, Complaint> complaints = host.manager().complaints(transaction.log());
    List<PatchResult> results = new ArrayList<>(before.results());
    boolean cancelled = false;
    for (Change change : before.changes()) {
      Complaint complaint = complaints.get(change.name());
      boolean leftOut = complaint == null && now.isBefore(change) && transaction.cancelRequested();
      cancelled |= leftOut;
      results.add(
          leftOut
              ? result(change, Outcome.UNCHANGED, "cancelled before it was changed")
              : judge(change, now, complaint));
    }
    List<PackageId> touched =
        before.changes().stream().map(c -> new PackageId(c.name(), c.arch())).toList();
    Set<Path> files = new LinkedHashSet<>(configurationFiles(touched));
    before.configuration().forEach(file -> files.add(Path.of(file.path())));
    traces.lookAfter();
    transaction.append(
        transaction
            .entry(Phase.DONE, host.bootId(), cancelled ? Transaction.CANCELLED : "")
            .with(results, ConfigurationKeeper.look(files), List.of()));
    Folders.delete(preparation.incoming());
  }

  /** That it was killed on the way matters no more once it is in. */
  private static PatchResult judge(Change change, Standing now, @Nullable Complaint complaint) {
    boolean in = now.isAfter(change);
    String said = complaint == null || (in && complaint.cutShort()) ? "" : complaint.reason();
    Outcome outcome = in ? Outcome.DONE : Outcome.FAILED;
    return result(change, outcome, in ? done(change, said) : standing(change, now, said));
  }

  private static String done(Change change, String said) {
    if (change.replacedBy() != null) {
      return change.replacedBy() + " took its place";
    }
    return said.isEmpty() ? "" : "went in, and said: " + said;
  }

  private static String standing(Change change, Standing now, String said) {
    return "stands at " + now.words(change) + (said.isEmpty() ? "" : ": " + said);
  }

  private static PatchResult result(Change change, Outcome outcome, String message) {
    return new PatchResult(
        change.name(),
        change.arch(),
        change.from(),
        change.to(),
        outcome,
        message,
        change.revertible(),
        change.whyNotRevertible());
  }

  private List<Path> configurationFiles(List<PackageId> packages) throws IOException {
    return host.manager().configurationFiles(packages).values().stream()
        .flatMap(List::stream)
        .toList();
  }

  private void journal(Phase phase, String note) throws IOException {
    transaction.append(transaction.entry(phase, host.bootId(), note));
  }
}
