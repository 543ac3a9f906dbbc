package dev.fleetmend.patching.fact;

/**
 * What a host runs.
 *
 * @param operatingSystem SSM's name of the family, such as {@code DEBIAN} or {@code UBUNTU}
 * @param product SSM's product of the release, such as {@code Debian12}
 * @param name os-release's {@code NAME}, such as {@code Debian GNU/Linux}
 * @param version os-release's {@code VERSION_ID}, such as {@code 12}
 * @param arch the package manager's own word for the processor, such as {@code amd64}
 */
public record Platform(
    String operatingSystem, String product, String name, String version, String arch) {}
