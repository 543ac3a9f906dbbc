package dev.fleetmend.server.scan;

import dev.fleetmend.patching.fact.Boot;
import dev.fleetmend.patching.fact.HostFacts;
import dev.fleetmend.patching.fact.PackageLists;
import dev.fleetmend.patching.fact.Platform;
import java.util.List;

/** The part of a host's facts that no other host shares. */
record HostHeader(
    Platform platform,
    String packageManager,
    Boot boot,
    PackageLists lists,
    List<String> unfinished) {

  static HostHeader of(HostFacts facts) {
    return new HostHeader(
        facts.platform(), facts.packageManager(), facts.boot(), facts.lists(), facts.unfinished());
  }
}
