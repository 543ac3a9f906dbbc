package dev.fleetmend.server.scan;

import java.util.List;

/** Answer to {@link DescribePatchDoubtsRequest}. */
public record DescribePatchDoubtsResponse(List<NodeDoubts> nodes) {
  public DescribePatchDoubtsResponse {
    nodes = List.copyOf(nodes);
  }

  /**
   * One node.
   *
   * @param listsRefreshedTime when its package lists were last fetched, epoch seconds, 0 if never
   * @param doubts why it may be worse off than its patch states show, a sentence each
   * @param heldBackCount versions that a rollback holds back from it
   * @param openCveCount CVEs that those versions would close
   */
  public record NodeDoubts(
      String instanceId,
      double listsRefreshedTime,
      List<String> doubts,
      int heldBackCount,
      int openCveCount) {
    public NodeDoubts {
      doubts = List.copyOf(doubts);
    }
  }
}
