package dev.fleetmend.patching.exchange;

/** Answer to {@link FactsReport}: when content is needed, the node sends again with the facts. */
public record FactsAccepted(boolean contentNeeded) {}
