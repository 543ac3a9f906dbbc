package dev.fleetmend.patching.exchange;

/**
 * In place of an override's text: the one baseline of the node's operating system that has a tag,
 * or the node's own where none has.
 *
 * @param baselineTags {@code Key=name,Values=value}
 */
public record TaggedBaseline(String baselineTags) {}
