package dev.fleetmend.node.journal;

/**
 * A configuration file at one moment.
 *
 * @param digest hex SHA-256, empty where there is no file
 */
public record ConfigurationFile(String path, String digest) {}
