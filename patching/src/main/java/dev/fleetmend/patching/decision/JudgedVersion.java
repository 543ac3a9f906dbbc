package dev.fleetmend.patching.decision;

import dev.fleetmend.patching.fact.OfferedVersion;
import dev.fleetmend.patching.fact.PackageVersion;

/**
 * A version on a host, judged.
 *
 * @param security whether it comes from a security archive or notice
 * @param reachable whether the host's own package manager may come to it: it is no newer than the
 *     candidate that the host's pins leave
 * @param subscription the one without which no host can have it, or empty
 */
record JudgedVersion(
    OfferedVersion offer,
    Approval approval,
    boolean security,
    boolean reachable,
    String subscription) {
  PackageVersion id() {
    return new PackageVersion(offer.name(), offer.arch(), offer.version());
  }

  String version() {
    return offer.version();
  }

  /** The notice's classification, or what the archive says where there is no notice. */
  String classification() {
    return offer.classification().isEmpty() && security ? "Security" : offer.classification();
  }
}
