package dev.fleetmend.patching.fact;

import java.util.List;

/**
 * The boot a host is in.
 *
 * @param id the kernel's boot id
 * @param startedAt when it booted, epoch seconds
 * @param rebootRequired whether the host itself asks for a reboot
 * @param requiredBy the packages that asked for it, by name
 */
public record Boot(String id, long startedAt, boolean rebootRequired, List<String> requiredBy) {
  public Boot {
    requiredBy = List.copyOf(requiredBy);
  }
}
