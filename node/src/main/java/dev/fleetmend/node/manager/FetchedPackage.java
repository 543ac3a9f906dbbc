package dev.fleetmend.node.manager;

import dev.fleetmend.patching.fact.PackageVersion;
import java.nio.file.Path;

/**
 * A package file fetched from an archive.
 *
 * @param sha256 hex, as the archive's signed index names it and as the file was found to be
 */
public record FetchedPackage(PackageVersion version, Path file, String sha256) {}
