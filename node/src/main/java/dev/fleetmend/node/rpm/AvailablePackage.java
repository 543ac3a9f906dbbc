package dev.fleetmend.node.rpm;

import dev.fleetmend.patching.fact.PackageVersion;

/**
 * A package version that a repository offers, as its primary metadata says.
 *
 * @param repository the repository's id
 * @param priority the repository's, the lowest number first
 * @param builtAt epoch seconds, 0 if unknown
 * @param checksumType such as {@code sha256}
 * @param checksum hex
 * @param file the package file's name
 */
public record AvailablePackage(
    PackageVersion exact,
    String repository,
    int priority,
    long builtAt,
    long downloadBytes,
    long installedBytes,
    String checksumType,
    String checksum,
    String file) {}
