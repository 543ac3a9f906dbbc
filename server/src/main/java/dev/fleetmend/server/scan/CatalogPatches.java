package dev.fleetmend.server.scan;

import dev.fleetmend.patching.decision.Approvals;
import dev.fleetmend.patching.fact.OfferedVersion;
import dev.fleetmend.patching.fact.Origin;
import dev.fleetmend.patching.fact.UpdateDetails;
import dev.fleetmend.patching.version.DebVersion;
import java.time.Instant;
import java.util.stream.Collectors;
import software.amazon.awssdk.services.ssm.model.Patch;

/** A version that an archive offers as SSM's Patch. */
final class CatalogPatches {
  /** How facts spell the bugs that a notice closes. */
  private static final String BUG = "BZ#";

  private CatalogPatches() {}

  static Patch of(String operatingSystem, String product, OfferedVersion offer) {
    UpdateDetails update = offer.update();
    return update == null
        ? ofPackage(operatingSystem, product, offer)
        : UpdatePatches.of(product, offer, update);
  }

  private static Patch ofPackage(String operatingSystem, String product, OfferedVersion offer) {
    DebVersion version = DebVersion.parse(offer.version());
    boolean security = Approvals.isSecurity(operatingSystem, offer);
    return Patch.builder()
        .title(PatchNames.title(offer.name(), offer.arch(), offer.version()))
        .product(product)
        .vendor(offer.origins().stream().map(Origin::origin).findFirst().orElse(""))
        .name(offer.name())
        .arch(offer.arch())
        .epoch(epoch(version))
        .version(version.upstream())
        .release(version.revision())
        .classification(
            offer.classification().isEmpty() && security ? "Security" : offer.classification())
        .severity(offer.severity())
        .repository(
            offer.origins().stream()
                .map(Origin::codename)
                .distinct()
                .collect(Collectors.joining(",")))
        .advisoryIds(offer.advisories().stream().filter(id -> !id.startsWith(BUG)).toList())
        .bugzillaIds(
            offer.advisories().stream()
                .filter(id -> id.startsWith(BUG))
                .map(id -> id.substring(BUG.length()))
                .toList())
        .cveIds(offer.cves())
        .releaseDate(offer.releasedAt() <= 0 ? null : Instant.ofEpochSecond(offer.releasedAt()))
        .build();
  }

  static String key(Patch patch) {
    String id = patch.id() == null ? "" : " " + patch.id();
    return patch.title() + " " + patch.product() + id;
  }

  private static int epoch(DebVersion version) {
    return version.epoch().length() > 9 ? Integer.MAX_VALUE : Integer.parseInt(version.epoch());
  }
}
