package dev.fleetmend.patching.decision;

import dev.fleetmend.patching.fact.PackageVersion;
import java.util.Map;
import java.util.Set;

/** What has happened to one version on a node before. */
final class Histories {
  static final PackageVersion NEW_SSL = new PackageVersion("ssl", "amd64", "2");

  private Histories() {}

  static NodeHistory failed() {
    return new NodeHistory(Set.of(NEW_SSL), Map.of(), Set.of(), Set.of());
  }

  /** Put in while the host was in a boot. */
  static NodeHistory putIn(String boot) {
    return new NodeHistory(Set.of(), Map.of(NEW_SSL, boot), Set.of(), Set.of());
  }

  static NodeHistory quarantined() {
    return new NodeHistory(Set.of(), Map.of(), Set.of(NEW_SSL), Set.of());
  }

  static NodeHistory released() {
    return new NodeHistory(Set.of(), Map.of(), Set.of(), Set.of(NEW_SSL));
  }
}
