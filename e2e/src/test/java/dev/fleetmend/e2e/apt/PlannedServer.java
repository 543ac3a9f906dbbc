package dev.fleetmend.e2e.apt;

import dev.fleetmend.node.patch.PatchServer;
import dev.fleetmend.patching.decision.Doubts;
import dev.fleetmend.patching.exchange.FactsAccepted;
import dev.fleetmend.patching.exchange.FactsReport;
import dev.fleetmend.patching.exchange.HeldPreview;
import dev.fleetmend.patching.exchange.HeldPreviewRequest;
import dev.fleetmend.patching.exchange.PatchResult;
import dev.fleetmend.patching.exchange.PatchRunPlan;
import dev.fleetmend.patching.exchange.PatchRunReport;
import dev.fleetmend.patching.exchange.PatchRunRequest;
import dev.fleetmend.patching.exchange.PatchRunSummary;
import dev.fleetmend.patching.exchange.PreviewAccepted;
import dev.fleetmend.patching.exchange.PreviewReport;
import dev.fleetmend.patching.exchange.TransactionReport;
import dev.fleetmend.patching.exchange.TransactionState;
import dev.fleetmend.patching.exchange.TransactionsAccepted;
import dev.fleetmend.patching.exchange.TransactionsReport;
import dev.fleetmend.patching.fact.HostFacts;
import dev.fleetmend.patching.fact.InstalledPackage;
import dev.fleetmend.patching.fact.OfferedVersion;
import dev.fleetmend.patching.fact.PackageVersion;
import dev.fleetmend.protocol.json.Naming;
import dev.fleetmend.protocol.json.RecordJson;
import dev.fleetmend.protocol.sign.Digests;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** Plans all candidates, or those named; says back what was reported; remembers the quarantine. */
public final class PlannedServer implements PatchServer {
  private final List<String> wanted;
  private final Path quarantine;
  private final RecordJson json = new RecordJson(Naming.CAMEL);
  private Optional<HostFacts> facts = Optional.empty();

  /**
   * @param wanted names of packages, {@code name:version} for one that is not the candidate; empty
   *     for all
   */
  public PlannedServer(List<String> wanted, Path quarantine) {
    this.wanted = wanted;
    this.quarantine = quarantine;
  }

  @Override
  public FactsAccepted reportFacts(FactsReport report) {
    if (report.facts() != null) {
      facts = Optional.of(report.facts());
    }
    return new FactsAccepted(report.facts() == null);
  }

  @Override
  public PatchRunPlan begin(PatchRunRequest request) throws IOException {
    HostFacts known = known();
    Map<String, String> installed =
        known.installed().stream()
            .collect(
                Collectors.toMap(InstalledPackage::name, InstalledPackage::version, (a, b) -> a));
    List<PackageVersion> install =
        known.offered().stream()
            .filter(offer -> !offer.version().equals(installed.get(offer.name())))
            .filter(this::isWanted)
            .map(offer -> new PackageVersion(offer.name(), offer.arch(), offer.version()))
            .toList();
    List<String> doubts = Doubts.of(known, Clock.systemUTC().instant());
    return new PatchRunPlan(
        "pb-0", install, held(), List.of(), Files.exists(refusing()), doubts, "hash");
  }

  /** A file that stands for the service setting not-revertible, where it says refuse. */
  private Path refusing() {
    return quarantine.resolveSibling("refuse-not-revertible");
  }

  private boolean isWanted(OfferedVersion offer) {
    return wanted.contains(offer.name() + ":" + offer.version())
        || (offer.candidate() && (wanted.isEmpty() || wanted.contains(offer.name())));
  }

  @Override
  public PatchRunSummary end(PatchRunReport report) throws IOException {
    Set<PackageVersion> held = new LinkedHashSet<>(held());
    List<String> lines = new ArrayList<>();
    for (TransactionReport transaction : report.transactions()) {
      held.addAll(transaction.quarantined());
      for (PatchResult result : transaction.results()) {
        lines.add(
            String.join(
                " ",
                "REPORTED",
                transaction.kind(),
                result.name(),
                String.valueOf(result.fromVersion()),
                String.valueOf(result.toVersion()),
                result.outcome().name()));
      }
    }
    known().unfinished().forEach(one -> lines.add("UNFINISHED " + one));
    List<String> text =
        held.stream().map(v -> v.name() + " " + v.arch() + " " + v.version()).toList();
    Files.write(quarantine, text);
    Files.write(quarantine.resolveSibling("reported"), lines);
    return new PatchRunSummary(true, true, true, lines, List.copyOf(held));
  }

  /** Keeps it beside the quarantine, by its hash. */
  @Override
  public PreviewAccepted reportPreview(PreviewReport report) throws IOException {
    String hash = Digests.sha256Hex(report.preview().binding().getBytes(StandardCharsets.UTF_8));
    Files.write(
        quarantine.resolveSibling("preview-" + hash),
        json.write(new HeldPreview(null, null, report.preview())));
    return new PreviewAccepted(hash, 0);
  }

  @Override
  public HeldPreview takePreview(HeldPreviewRequest request) throws IOException {
    return json.read(
        Files.readAllBytes(quarantine.resolveSibling("preview-" + request.hash())),
        HeldPreview.class);
  }

  /** Keeps them beside the quarantine, a line a package. */
  @Override
  public TransactionsAccepted reportTransactions(TransactionsReport report) throws IOException {
    List<String> lines = new ArrayList<>();
    for (TransactionState one : report.transactions()) {
      for (TransactionState.PackageState p : one.packages()) {
        lines.add(
            String.join(
                " ",
                one.kind(),
                p.name(),
                String.valueOf(p.fromVersion()),
                String.valueOf(p.toVersion()),
                p.outcome(),
                p.canTakeBack() ? "can" : "cannot",
                p.whyNot()));
      }
    }
    Files.write(quarantine.resolveSibling("transactions"), lines);
    return new TransactionsAccepted(report.transactions().size());
  }

  /** Whether the facts last reported have the package. */
  public boolean hasInstalled(String name) throws IOException {
    return known().installed().stream().anyMatch(one -> one.name().equals(name));
  }

  private HostFacts known() throws IOException {
    return facts.orElseThrow(() -> new IOException("no facts were reported"));
  }

  private List<PackageVersion> held() throws IOException {
    List<PackageVersion> held = new ArrayList<>();
    if (Files.exists(quarantine)) {
      for (String line : Files.readAllLines(quarantine)) {
        String[] word = line.split(" ", -1);
        held.add(new PackageVersion(word[0], word[1], word[2]));
      }
    }
    return held;
  }
}
