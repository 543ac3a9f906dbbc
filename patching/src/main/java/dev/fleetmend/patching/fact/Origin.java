package dev.fleetmend.patching.fact;

/**
 * Where a version is offered, in the words of an archive's Release file (Debian repository format).
 * Of an rpm repository only its id is known, as the codename.
 *
 * @param origin such as {@code Debian}
 * @param label such as {@code Debian-Security}; Debian's security archive is known by this
 * @param suite such as {@code stable-security}; Ubuntu's security pocket is known by this
 * @param codename such as {@code bookworm-security}
 * @param component such as {@code main}
 */
public record Origin(
    String origin, String label, String suite, String codename, String component) {}
