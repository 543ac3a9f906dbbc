package dev.fleetmend.server.scan;

import dev.fleetmend.patching.fact.HostFacts;

/**
 * Facts as a node reported them last.
 *
 * @param reportedAt epoch milliseconds
 */
record StoredFacts(String hash, long reportedAt, HostFacts facts) {
  String operatingSystem() {
    return facts.platform().operatingSystem();
  }
}
