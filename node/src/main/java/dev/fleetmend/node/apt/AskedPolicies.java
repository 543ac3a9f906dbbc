package dev.fleetmend.node.apt;

import dev.fleetmend.node.program.ProgramResult;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/**
 * What apt makes of each installed package, while its lists and its configuration stay as they are.
 * It is asked again only about packages that dpkg shows otherwise than when it was asked: a version
 * table depends on no other package.
 */
final class AskedPolicies {
  private record Asked(DpkgPackage about, PackagePolicy policy) {}

  private final AptCommands commands;
  private final Map<String, Asked> asked = new HashMap<>();

  AskedPolicies(AptCommands commands) {
    this.commands = commands;
  }

  List<PackagePolicy> of(List<DpkgPackage> packages, String nativeArch) throws IOException {
    Map<String, DpkgPackage> now = new LinkedHashMap<>();
    packages.forEach(one -> now.put(Offers.policyKey(one, nativeArch), one));
    asked.entrySet().removeIf(one -> !one.getValue().about().equals(now.get(one.getKey())));
    ask(now);
    return now.keySet().stream()
        .map(asked::get)
        .filter(Objects::nonNull)
        .map(Asked::policy)
        .toList();
  }

  private void ask(Map<String, DpkgPackage> now) throws IOException {
    List<String> arguments = new ArrayList<>(List.of("policy"));
    now.keySet().stream().filter(key -> !asked.containsKey(key)).forEach(arguments::add);
    if (arguments.size() == 1) { // which would ask for something else
      return;
    }
    ProgramResult result = commands.aptCache(arguments);
    if (!result.succeeded()) {
      throw new IOException("apt-cache policy: " + result.errors().strip());
    }
    for (PackagePolicy policy : PackagePolicy.parse(result.output())) {
      DpkgPackage about = now.get(policy.key());
      if (about != null) {
        asked.put(policy.key(), new Asked(about, policy));
      }
    }
  }
}
