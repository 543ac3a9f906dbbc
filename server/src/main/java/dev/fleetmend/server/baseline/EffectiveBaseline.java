package dev.fleetmend.server.baseline;

import dev.fleetmend.patching.baseline.Baseline;

/**
 * The baseline that a node is judged by.
 *
 * @param patchGroup the node's patch group, or empty
 * @param version grows with every change of the baseline; 0 for predefined ones
 */
public record EffectiveBaseline(Baseline baseline, String patchGroup, long version) {}
