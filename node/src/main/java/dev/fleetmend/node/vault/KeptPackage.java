package dev.fleetmend.node.vault;

/**
 * What is known of a kept package file; stands beside it as JSON.
 *
 * @param file its name in the vault
 * @param sha256 hex, as it was checked when it came
 */
public record KeptPackage(String name, String arch, String version, String file, String sha256) {}
