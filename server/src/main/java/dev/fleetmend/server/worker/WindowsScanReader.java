package dev.fleetmend.server.worker;

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
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Set;
import java.util.regex.Pattern;

/** The Windows Update Agent's fields as facts. An update's version is its update id. */
final class WindowsScanReader implements ScanReader {
  static final String SYSTEM = "WINDOWS";

  /** What is installed by Windows' own list and no longer in the catalogue. */
  static final String FORGOTTEN = "hotfix";

  private static final int SUCCEEDED = 2;
  private static final int SUCCEEDED_WITH_ERRORS = 3;
  private static final int CONTRACT = 1;
  private static final long UNSIGNED = 0xFFFF_FFFFL;
  private static final Pattern KB = Pattern.compile("(?i)(?:KB)?([0-9]{5,9})");

  private final RecordJson json = new RecordJson(Naming.CAMEL);

  /**
   * What the Windows worker reads.
   *
   * @param install in the order to put them in
   */
  private record Plan(List<Step> install, List<Step> uninstall, List<String> notes) {}

  /** One update of a plan; a KB without an update id is one for DISM. */
  private record Step(String kb, String updateId, boolean acceptEula) {}

  @Override
  public WorkerScan read(byte[] body, Instant now) {
    WindowsScan scan = json.read(body, WindowsScan.class);
    if (Objects.isNull(scan.os()) || Objects.isNull(scan.search())) {
      throw new MalformedJsonException("os or search is missing");
    }
    if (scan.contract() != CONTRACT) {
      throw refused("the worker speaks contract " + scan.contract() + ", not " + CONTRACT);
    }
    if (!isDone(scan.search().resultCode())) {
      throw refused(
          "the search of the Windows Update Agent failed with "
              + hResult(scan.search().hResult())
              + "; nothing was recorded");
    }
    return new WorkerScan(
        facts(scan, now),
        scan.results().stream().map(result -> result(scan, result)).toList(),
        scan.resultsBootId().isEmpty() ? bootId(scan.os()) : scan.resultsBootId(),
        scan.startedAt(),
        Base64Text.of(scan.baselineOverride()),
        Base64Text.of(scan.installOverrideList()));
  }

  private static HostFacts facts(WindowsScan scan, Instant now) {
    WindowsScan.Os os = scan.os();
    List<InstalledPackage> installed = new ArrayList<>();
    List<OfferedVersion> offered = new ArrayList<>();
    Set<String> known = new HashSet<>();
    List<String> rebooting = new ArrayList<>();
    for (WindowsScan.Update update : scan.updates()) {
      OfferedVersion offer = offer(os, update);
      offered.add(offer);
      if (update.isInstalled()) {
        installed.add(installed(offer.name(), arch(os), offer.version(), update.installedAt()));
        known.add(offer.name());
        if (update.rebootRequired()) {
          rebooting.add(offer.name());
        }
      }
    }
    for (WindowsScan.Hotfix hotfix : scan.hotfixes()) {
      if (KB.matcher(hotfix.hotFixId()).matches() && known.add(kb(hotfix.hotFixId()))) {
        installed.add(installed(kb(hotfix.hotFixId()), arch(os), FORGOTTEN, hotfix.installedAt()));
      }
    }
    return new HostFacts(
        new Platform(
            SYSTEM,
            WindowsNames.productOfCaption(os.caption()),
            os.caption(),
            os.version(),
            arch(os)),
        "windows-update-agent",
        new Boot(bootId(os), os.bootedAt(), os.rebootRequired(), rebooting),
        new PackageLists(now.getEpochSecond(), null),
        installed,
        offered,
        List.of());
  }

  private static OfferedVersion offer(WindowsScan.Os os, WindowsScan.Update update) {
    String severity = update.msrcSeverity();
    return new OfferedVersion(
        name(update),
        arch(os),
        update.updateId().toLowerCase(Locale.ROOT),
        List.of(),
        !update.isInstalled() && !update.isHidden(),
        "",
        "",
        WindowsNames.classification(update.categories()),
        severity == null ? "" : WindowsNames.severity(severity),
        update.securityBulletinIds(),
        update.cveIds(),
        Math.max(0, update.releasedAt()),
        Math.max(0, update.maxDownloadSize()),
        new UpdateDetails(
            update.title(),
            WindowsNames.product(update.categories()),
            WindowsNames.productFamily(update.categories()),
            WindowsNames.patchSet(update.categories()),
            update.supersededUpdateIds().stream().map(id -> id.toLowerCase(Locale.ROOT)).toList(),
            update.revisionNumber(),
            update.isUninstallable(),
            WindowsNames.rebootBehavior(update.rebootBehavior()),
            update.eulaAccepted(),
            update.canRequestUserInput()));
  }

  private static InstalledPackage installed(String name, String arch, String version, long at) {
    return new InstalledPackage(name, arch, version, "", "", "", false, Math.max(0, at));
  }

  private static WorkerScan.Result result(WindowsScan scan, WindowsScan.Result result) {
    String id = result.updateId().toLowerCase(Locale.ROOT);
    boolean done = isDone(result.resultCode());
    return new WorkerScan.Result(
        new PackageVersion(
            result.kb().isEmpty() ? id : kb(result.kb()),
            arch(scan.os()),
            id.isEmpty() ? FORGOTTEN : id),
        done,
        done ? "" : "the Windows Update Agent says " + hResult(result.hResult()));
  }

  @Override
  public byte[] write(WorkerPlan plan, WorkerScan scan) {
    return json.write(
        new Plan(
            plan.install().stream().map(update -> step(update, scan)).toList(),
            plan.uninstall().stream().map(update -> step(update, scan)).toList(),
            plan.notes()));
  }

  private static Step step(PackageVersion update, WorkerScan scan) {
    boolean licenced =
        scan.facts().offered().stream()
            .filter(offer -> offer.version().equals(update.version()))
            .map(OfferedVersion::update)
            .allMatch(details -> details == null || details.eulaAccepted());
    boolean forgotten = update.version().equals(FORGOTTEN);
    return new Step(
        update.name().equals(update.version()) ? "" : update.name(),
        forgotten ? "" : update.version(),
        !licenced);
  }

  private static String name(WindowsScan.Update update) {
    return update.kbArticleIds().stream()
        .filter(id -> KB.matcher(id).matches())
        .map(WindowsScanReader::kb)
        .findFirst()
        .orElse(update.updateId().toLowerCase(Locale.ROOT));
  }

  private static String kb(String id) {
    String upper = id.strip().toUpperCase(Locale.ROOT);
    return upper.startsWith("KB") ? upper : "KB" + upper;
  }

  private static String arch(WindowsScan.Os os) {
    return switch (os.architecture().toLowerCase(Locale.ROOT)) {
      case String text when text.contains("arm") -> "arm64";
      case String text when text.startsWith("32") -> "x86";
      default -> "x64";
    };
  }

  private static String bootId(WindowsScan.Os os) {
    return os.bootId().isEmpty() ? "boot-" + os.bootedAt() : os.bootId();
  }

  private static boolean isDone(int resultCode) {
    return resultCode == SUCCEEDED || resultCode == SUCCEEDED_WITH_ERRORS;
  }

  private static String hResult(long code) {
    return String.format(Locale.ROOT, "0x%08X", code & UNSIGNED);
  }

  private static ApiException refused(String why) {
    return new ApiException("ValidationException", "The facts cannot be taken: " + why + ".");
  }
}
