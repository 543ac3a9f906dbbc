package dev.fleetmend.node.rpm;

import java.nio.file.Path;

/**
 * A repository whose metadata the package manager has downloaded.
 *
 * @param repodata the folder with its {@code repomd.xml}
 * @param priority the lowest number is preferred
 */
public record Repository(String id, Path repodata, int priority) {}
