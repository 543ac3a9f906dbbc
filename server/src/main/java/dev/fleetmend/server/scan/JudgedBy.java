package dev.fleetmend.server.scan;

import dev.fleetmend.patching.baseline.Baseline;
import org.jspecify.annotations.Nullable;

/**
 * The baseline that a node is judged by.
 *
 * @param patchGroup the node's patch group, or empty
 * @param version the baseline's version; {@link #FROZEN} where it is not the one in force
 * @param override the baseline as GetPatchBaseline prints it where a command brought it along, or
 *     null
 */
record JudgedBy(Baseline baseline, String patchGroup, long version, @Nullable String override) {
  /** The version of a baseline that a snapshot froze or a command brought along. */
  static final long FROZEN = -1;
}
