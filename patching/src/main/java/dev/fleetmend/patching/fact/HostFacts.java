package dev.fleetmend.patching.fact;

import java.util.List;

/**
 * All that a node reports about itself for patching: facts only, no judgement.
 *
 * @param packageManager {@code apt}, {@code dnf}, {@code zypper}
 * @param unfinished packages that are neither wholly installed nor removed, as {@code name.arch}
 */
public record HostFacts(
    Platform platform,
    String packageManager,
    Boot boot,
    PackageLists lists,
    List<InstalledPackage> installed,
    List<OfferedVersion> offered,
    List<String> unfinished) {
  public HostFacts {
    installed = List.copyOf(installed);
    offered = List.copyOf(offered);
    unfinished = List.copyOf(unfinished);
  }
}
