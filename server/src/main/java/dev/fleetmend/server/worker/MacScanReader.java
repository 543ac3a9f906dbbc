package dev.fleetmend.server.worker;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.fleetmend.api.ApiException;
import dev.fleetmend.patching.fact.Boot;
import dev.fleetmend.patching.fact.HostFacts;
import dev.fleetmend.patching.fact.InstalledPackage;
import dev.fleetmend.patching.fact.OfferedVersion;
import dev.fleetmend.patching.fact.PackageLists;
import dev.fleetmend.patching.fact.PackageVersion;
import dev.fleetmend.patching.fact.Platform;
import dev.fleetmend.patching.fact.UpdateDetails;
import dev.fleetmend.protocol.json.MalformedJsonException;
import dev.fleetmend.protocol.json.Naming;
import dev.fleetmend.protocol.json.RecordJson;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;

/**
 * Apple's tools' output as facts: what softwareupdate offers, by label, and what the installation
 * history has, which has no catalogue and is never missing.
 */
final class MacScanReader implements ScanReader {
  static final String SYSTEM = "MACOS";
  private static final String SOFTWARE_UPDATE = "softwareupdate";
  private static final int CONTRACT = 1;

  private static final Map<String, String> NAMES =
      Map.of(
          "10.14", "Mojave",
          "10.15", "Catalina",
          "11", "BigSur",
          "12", "Monterey",
          "13", "Ventura",
          "14", "Sonoma",
          "15", "Sequoia",
          "26", "Tahoe");

  private final RecordJson json = new RecordJson(Naming.CAMEL);
  private final ObjectMapper trees = new ObjectMapper();

  @Override
  public WorkerScan read(byte[] body, Instant now) {
    MacScan scan = json.read(body, MacScan.class);
    if (scan.contract() != CONTRACT) {
      throw new ApiException(
          "ValidationException",
          "The facts cannot be taken: the worker speaks contract " + scan.contract() + ".");
    }
    return new WorkerScan(
        facts(scan, now),
        results(scan),
        scan.resultsBootId().isEmpty() ? scan.bootId() : scan.resultsBootId(),
        scan.startedAt(),
        Base64Text.of(scan.baselineOverride()),
        Base64Text.of(scan.installOverrideList()));
  }

  private HostFacts facts(MacScan scan, Instant now) {
    List<InstalledPackage> installed = new ArrayList<>();
    List<OfferedVersion> offered = new ArrayList<>();
    Set<PackageVersion> seen = new HashSet<>();
    for (JsonNode item : history(scan).path("SPInstallHistoryDataType")) {
      String name = item.path("_name").asText("").strip();
      String version = item.path("install_version").asText("").strip();
      PackageVersion id =
          new PackageVersion(name, scan.architecture(), version.isEmpty() ? "-" : version);
      if (!name.isEmpty() && seen.add(id)) {
        boolean apple = item.path("package_source").asText("").endsWith("apple");
        installed.add(
            new InstalledPackage(
                name,
                id.arch(),
                id.version(),
                "",
                "",
                "",
                false,
                time(item.path("install_date").asText(""))));
        offered.add(offer(id, name, apple ? SOFTWARE_UPDATE : "installer", false, 0, ""));
      }
    }
    for (SoftwareUpdateList.Item item : items(scan)) {
      PackageVersion id = new PackageVersion(item.label(), scan.architecture(), item.version());
      if (seen.add(id)) {
        offered.add(
            offer(
                id,
                item.title(),
                SOFTWARE_UPDATE,
                true,
                item.bytes(),
                item.restarts() ? "AlwaysRequiresReboot" : "NeverReboots"));
      }
    }
    return new HostFacts(
        new Platform(SYSTEM, product(scan.version()), "macOS", scan.version(), scan.architecture()),
        SOFTWARE_UPDATE,
        new Boot(scan.bootId(), scan.bootedAt(), false, List.of()),
        new PackageLists(now.getEpochSecond(), null),
        installed,
        offered,
        List.of());
  }

  private static OfferedVersion offer(
      PackageVersion id,
      String title,
      String channel,
      boolean candidate,
      long bytes,
      String rebootBehavior) {
    return new OfferedVersion(
        id.name(),
        id.arch(),
        id.version(),
        List.of(),
        candidate,
        "",
        "",
        channel,
        "",
        List.of(),
        List.of(),
        0,
        bytes,
        new UpdateDetails(title, "", "", "OS", List.of(), 0, false, rebootBehavior, true, false));
  }

  /** What was put in is no longer on offer; what failed still is, and is known by its label. */
  private static List<WorkerScan.Result> results(MacScan scan) {
    List<WorkerScan.Result> results = new ArrayList<>();
    for (MacScan.Result result : scan.results()) {
      String label = Objects.requireNonNullElse(Base64Text.of(result.label()), "");
      String version =
          items(scan).stream()
              .filter(item -> item.label().equals(label))
              .map(SoftwareUpdateList.Item::version)
              .findFirst()
              .orElse("-");
      if (!label.isEmpty()) {
        results.add(
            new WorkerScan.Result(
                new PackageVersion(label, scan.architecture(), version),
                result.code() == 0,
                result.code() == 0 ? "" : "softwareupdate ended with " + result.code()));
      }
    }
    return results;
  }

  private JsonNode history(MacScan scan) {
    String text = Base64Text.of(scan.history());
    try {
      return trees.readTree(text == null ? "{}" : text);
    } catch (JsonProcessingException e) {
      throw new MalformedJsonException("the installation history is not JSON");
    }
  }

  private static List<SoftwareUpdateList.Item> items(MacScan scan) {
    String text = Base64Text.of(scan.list());
    return text == null ? List.of() : SoftwareUpdateList.parse(text);
  }

  private static String product(String version) {
    String[] parts = version.split("\\.", -1);
    String release = parts[0].equals("10") && parts.length > 1 ? "10." + parts[1] : parts[0];
    return NAMES.getOrDefault(release, "macOS") + release;
  }

  private static long time(String iso) {
    try {
      return Math.max(0, Instant.parse(iso).getEpochSecond());
    } catch (DateTimeException e) {
      return 0;
    }
  }

  /** Lines of a word, a tab and a text: a shell reads them without a parser. */
  @Override
  public byte[] write(WorkerPlan plan, WorkerScan scan) {
    StringBuilder lines = new StringBuilder();
    plan.install().forEach(update -> lines.append("install\t").append(update.name()).append('\n'));
    plan.notes()
        .forEach(note -> lines.append("note\t").append(note.replace('\n', ' ')).append('\n'));
    return lines.toString().getBytes(UTF_8);
  }
}
