package dev.fleetmend.server.scan;

import dev.fleetmend.patching.fact.OfferedVersion;
import dev.fleetmend.patching.fact.UpdateDetails;
import java.time.Instant;
import software.amazon.awssdk.services.ssm.model.Patch;

/** An update that is a unit of its own as SSM's Patch. */
final class UpdatePatches {
  private UpdatePatches() {}

  /**
   * The patch.
   *
   * @param hostProduct the product of the hosts it is offered to, where it names none itself
   */
  static Patch of(String hostProduct, OfferedVersion offer, UpdateDetails update) {
    boolean windows = offer.name().startsWith("KB");
    return Patch.builder()
        .id(offer.version())
        .kbNumber(windows ? offer.name() : null)
        .name(windows ? null : offer.name())
        .title(update.title())
        .product(update.product().isEmpty() ? hostProduct : update.product())
        .productFamily(update.productFamily())
        .classification(offer.classification())
        .msrcSeverity(offer.severity().isEmpty() ? "Unspecified" : offer.severity())
        .msrcNumber(offer.advisories().isEmpty() ? null : offer.advisories().getFirst())
        .cveIds(offer.cves())
        .language("All")
        .vendor(windows ? "Microsoft" : "")
        .releaseDate(offer.releasedAt() <= 0 ? null : Instant.ofEpochSecond(offer.releasedAt()))
        .build();
  }
}
