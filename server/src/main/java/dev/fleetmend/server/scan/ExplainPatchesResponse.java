package dev.fleetmend.server.scan;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Answer to {@link ExplainPatchesRequest}.
 *
 * @param patchGroup the node's patch group, or empty
 * @param factsTime when the node reported its facts, epoch seconds
 * @param doubts why the node may be worse off than its patches show
 */
public record ExplainPatchesResponse(
    String instanceId,
    String baselineId,
    String patchGroup,
    double factsTime,
    List<String> doubts,
    List<Explanation> patches,
    @Nullable String nextToken) {
  public ExplainPatchesResponse {
    doubts = List.copyOf(doubts);
    patches = List.copyOf(patches);
  }

  /**
   * One patch and the reason of its state.
   *
   * @param state as DescribeInstancePatches shows it
   * @param cveIds what a patch that is not installed would close
   */
  public record Explanation(
      String title, String state, String complianceLevel, List<String> cveIds, String why) {
    public Explanation {
      cveIds = List.copyOf(cveIds);
    }
  }
}
