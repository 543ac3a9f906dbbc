package dev.fleetmend.node.rpm;

import java.util.Collection;
import java.util.Set;

/** Packages of which several versions are installed side by side, such as kernels. */
final class MultiVersion {
  /** What yum, dnf and zypper know them by. */
  private static final Set<String> PROVIDED =
      Set.of(
          "kernel",
          "kernel-PAE",
          "kernel-devel",
          "kernel-source",
          "installonlypkg(kernel)",
          "installonlypkg(kernel-module)",
          "installonlypkg(vm)",
          "multiversion(kernel)");

  private MultiVersion() {}

  static boolean isProvidedBy(Collection<String> provides) {
    return provides.stream().anyMatch(PROVIDED::contains);
  }
}
